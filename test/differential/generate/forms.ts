// All the ways to make an expression of each kind, with how likely each is.

import { code, text } from "../expression.js"
import type { Weighted } from "../random.js"
import { bindingForms } from "./bindings.js"
import { dataBuiltins } from "./builtins-of-data.js"
import { fetchedFolder, fetchingBuiltins } from "./builtins-of-fetching.js"
import { foldForm, structureBuiltins } from "./builtins-of-structure.js"
import { worldBuiltins } from "./builtins-of-world.js"
import {
  compositionsOfLists,
  compositionsOfSets,
  compositionsOfStrings,
  strangePath,
} from "./compositions.js"
import { around } from "./control.js"
import {
  derivationForms,
  derivationListForms,
  derivationSetForms,
  derivationStringForms,
} from "./derivations.js"
import { extremeForms } from "./extremes.js"
import { functorForms } from "./functors.js"
import type { Generator, Make } from "./generator.js"
import type { Kind } from "./kind.js"
import { lateSelections } from "./late-selections.js"
import { operatorForms } from "./operators.js"
import { ownTexts, partOfCall } from "./own-texts.js"
import { programs } from "./programs.js"
import { list, mergingSet, recursiveSet, set, specialSet } from "./sets.js"
import { callsOf } from "./signature.js"
import { indentedString, interpolatedPath, quotedString } from "./strings.js"
import { whereaboutsOfLists, whereaboutsOfSets } from "./whereabouts.js"

const calls = callsOf([...dataBuiltins, ...structureBuiltins, ...worldBuiltins, ...fetchingBuiltins])

function lambda(g: Generator) {
  const parameters = g.random.some(1, 3, () => undefined)
  return g.lambda(parameters, () => g.any())
}

/** What is written as the kind itself. */
const constructors: Readonly<Record<Kind, readonly Weighted<Make>[]>> = {
  int: [{ weight: 1, item: foldForm }, ...extremeForms],
  float: [],
  bool: [],
  null: [],
  string: [
    { weight: 9, item: quotedString },
    { weight: 4, item: indentedString },
    { weight: 0.4, item: fetchedFolder },
    ...derivationStringForms,
    ...compositionsOfStrings,
    ...ownTexts,
  ],
  path: [
    { weight: 4, item: interpolatedPath },
    { weight: 0.7, item: strangePath },
  ],
  list: [
    { weight: 14, item: list },
    { weight: 1, item: foldForm },
    ...derivationListForms,
    ...compositionsOfLists,
    ...whereaboutsOfLists,
    ...functorForms,
    ...lateSelections,
    ...bindingForms,
    ...programs,
  ],
  attrs: [
    { weight: 12, item: set },
    { weight: 5, item: recursiveSet },
    { weight: 2, item: mergingSet },
    { weight: 2.5, item: specialSet },
    { weight: 0.3, item: () => text("__curPos") },
    ...derivationSetForms,
    ...compositionsOfSets,
    ...whereaboutsOfSets,
    ...bindingForms,
    ...programs,
  ],
  function: [
    { weight: 6, item: lambda },
    { weight: 1, item: partOfCall },
    { weight: 1, item: g => code`{ a, b ? ${g.any()}, ... }@x: ${g.any()}` },
  ],
  derivation: derivationForms,
}

const weights = { leaf: 0.15, around: 0.25, calls: 0.3, operators: 0.2, constructors: 0.35 }

/** A choice between forms, as one form, unless there are none. */
function group(weight: number, forms: readonly Weighted<Make>[]): Weighted<Make>[] {
  return forms.length === 0 ? [] : [{ weight, item: g => g.random.pickWeighted(forms)(g) }]
}

function formsFor(kind: Kind): readonly Weighted<Make>[] {
  const surrounding = around.map(({ weight, item }) => ({ weight, item: (g: Generator) => item(g, kind) }))
  return [
    { weight: weights.leaf, item: g => g.leaf(kind) },
    ...group(weights.around, surrounding),
    ...group(weights.calls, calls(kind)),
    ...group(weights.operators, operatorForms[kind] ?? []),
    ...group(weights.constructors, constructors[kind]),
  ]
}

export const formsOf: Readonly<Record<Kind, readonly Weighted<Make>[]>> = {
  int: formsFor("int"),
  float: formsFor("float"),
  bool: formsFor("bool"),
  null: formsFor("null"),
  string: formsFor("string"),
  path: formsFor("path"),
  list: formsFor("list"),
  attrs: formsFor("attrs"),
  function: formsFor("function"),
  derivation: formsFor("derivation"),
}
