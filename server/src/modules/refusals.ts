// Why the module system refuses a configuration: one error for each definition that has no option.
//
// `lib.evalModules` complains of the first such definition only, so that a second misspelled name would show up when the first is
// corrected. It keeps a list of all of them, though. For each of the others it is given a small configuration, with the options
// beside the missing one and that single definition, so that it says of it what it would say if it were the first.

import {
  Attrs,
  attrsOf,
  type EvalError,
  type Evaluator,
  fromPlain,
  intern,
  type Lazy,
} from "../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryForce, tryList, tryTexts } from "./attempt.js"
import { namesOf } from "./members.js"
import { optionsOf, variablesOf } from "./unchecked.js"

/** How many definitions are told of. Nobody misspells more; a module for another kind of configuration may have hundreds. */
const MAX_REFUSALS = 20

/** The errors, the one first with which evaluation fails. None if there is no error, or if it takes all options with it. */
export function refusalsOf(ev: Evaluator, configuration: Attrs): readonly EvalError[] {
  const { error } = attempt(ev, () => ev.attrs(configuration.get(OPTIONS) ?? null))
  const options = error === undefined ? undefined : optionsOf(ev, configuration).value
  const variable = variablesOf(ev, configuration)
  if (error === undefined || options === undefined || variable === undefined) return []
  // Where any name may be set, what has no option is no mistake, and the error is of something else: the type may need packages.
  if (tryAttr(ev, options, "_module", "freeformType", "value") !== null) return [error]
  const merged = tryForce(ev, variable("merged") ?? null)
  const unmatched = merged instanceof Attrs ? tryList(ev, merged, "unmatchedDefns") : []
  const others = unmatched.slice(1, MAX_REFUSALS).flatMap(place => {
    const definition = tryForce(ev, place)
    return definition instanceof Attrs ? (refusalOf(ev, definition, options, variable) ?? []) : []
  })
  return [error, ...others]
}

/** @param definition its `file`, its `value`, and as `prefix` where that lies */
function refusalOf(
  ev: Evaluator,
  definition: Attrs,
  options: Attrs,
  variable: (name: string) => Lazy | undefined,
): EvalError | undefined {
  const path = tryTexts(ev, definition, "prefix")
  const above = path.slice(0, -1)
  const siblings = namesOf(tryAttrs(ev, options, ...above) ?? options).filter(name => name !== "_module")
  const declared = fromPlain(Object.fromEntries(siblings.map(name => [name, { _type: "option" }])))
  const modules = [
    attrsOf([["options", at(above, declared)]]),
    attrsOf([
      ["_file", definition.get(FILE) ?? ""],
      ["config", at(path, definition.get(VALUE) ?? null)],
    ]),
  ]
  const settings = attrsOf([
    ["prefix", variable("prefix") ?? []],
    ["modules", modules],
  ])
  return attempt(ev, () => {
    const found = ev.attrs(ev.call(ev.force(variable("evalModules") ?? null), settings))
    return ev.attrs(found.get(OPTIONS) ?? null)
  }).error
}

/** A value below some names. */
function at(path: readonly string[], value: Lazy): Lazy {
  return path.reduceRight<Lazy>((inner, name) => attrsOf([[name, inner]]), value)
}

const OPTIONS = intern("options")
const FILE = intern("file")
const VALUE = intern("value")
