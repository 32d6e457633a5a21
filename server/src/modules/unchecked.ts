// A configuration without the module system's check that every definition has an option.
//
// This check goes through every definition of every module, which is most of the cost of a host's first option (336,000 of 532,000
// thunks on a NixOS host of vanixiets, and a second nixpkgs for every home). A list of hosts needs a few facts of each host and no
// check, so options and values are read from the closure of `extendModules`, where `lib.evalModules` keeps them.

import {
  Attrs,
  attrsOf,
  capturedVariable,
  capturedVariables,
  type Evaluator,
  identityOf,
  intern,
  Lambda,
  type Lazy,
  Thunk,
} from "../eval/index.js"
import { attempt, type Outcome, tryAttr, tryAttrs, tryForce } from "./attempt.js"

const OPTIONS = intern("options")
/** How many nested wrappers are looked through: nixpkgs' own `nixosSystem`, and those of frameworks around it. */
const MAX_WRAPPERS = 4

/** The same configuration without the check of its `options` and `config`; undefined if these are not found. */
export function withoutCheck(ev: Evaluator, configuration: Attrs): Attrs | undefined {
  const variable = variablesOf(ev, configuration)
  const options = variable?.("options")
  const config = variable?.("config")
  if (options === undefined || config === undefined) return undefined
  const rest = ["graph", "extendModules", "type"].flatMap(name => {
    const place = configuration.get(intern(name))
    return place === undefined ? [] : [[name, place] as const]
  })
  return attrsOf([["options", options], ["config", config], ...rest])
}

/**
 * The options of a configuration. One that sets options that do not exist is refused as a whole, but whoever asks about another
 * option can be answered.
 */
export function optionsOf(ev: Evaluator, configuration: Attrs): Outcome<Attrs> {
  const read = (from: Attrs) => attempt(ev, () => ev.attrs(from.get(OPTIONS) ?? null))
  const checked = read(configuration)
  // Another try at a stack that overflowed would take a second.
  if (checked.error === undefined || checked.error.code === "stack-overflow") return checked
  const unchecked = withoutCheck(ev, configuration)
  const found = unchecked === undefined ? checked : read(unchecked)
  return found.error === undefined ? found : checked
}

/** What the evaluation of a configuration calls its variables; undefined if they are not found. */
export function variablesOf(
  ev: Evaluator,
  configuration: Attrs,
): ((name: string) => Lazy | undefined) | undefined {
  const inside = insideOf(ev, configuration, configuration, MAX_WRAPPERS)
  return inside && (name => capturedVariable(inside, name))
}

/**
 * The `extendModules` that the evaluation itself made. A wrapper (`configuration // { extendModules = ..; }`) hands on the
 * very options that are inside, by which it is known to be one.
 */
function insideOf(
  ev: Evaluator,
  configuration: Attrs,
  outermost: Attrs,
  wrappers: number,
): Lambda | undefined {
  if (wrappers === 0 || !sharesOptions(configuration, outermost)) return undefined
  const extend = tryAttr(ev, configuration, "extendModules")
  if (!(extend instanceof Lambda)) return undefined
  if (capturedVariable(extend, "checkUnmatched") !== undefined) return extend
  for (const place of capturedVariables(extend)) {
    // What is inside was evaluated when it was wrapped.
    const inner = place instanceof Thunk && !place.isEvaluated ? undefined : tryForce(ev, place)
    const found = inner instanceof Attrs ? insideOf(ev, inner, outermost, wrappers - 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function sharesOptions(one: Attrs, other: Attrs): boolean {
  const [a, b] = [one.get(OPTIONS), other.get(OPTIONS)]
  return a !== undefined && b !== undefined && identityOf(a) === identityOf(b)
}

/**
 * Whether a path comes to no option, and to no place inside of one: what sets it would be refused. Where it ends, it is enough
 * that something is there: many an option's type is made of packages (`pkgs.formats.toml`), which takes a whole nixpkgs.
 */
export function lacksOption(ev: Evaluator, options: Attrs, path: readonly string[]): boolean {
  let level = options
  for (const [at, name] of path.entries()) {
    const place = level.get(intern(name))
    if (place === undefined) return true
    if (at === path.length - 1) break
    const next = tryForce(ev, place)
    // What fails is some other error than that there is no option.
    if (!(next instanceof Attrs) || tryAttr(ev, next, "_type") === "option") return false
    level = next
  }
  return false
}

/** Whether the configuration takes definitions that have no option. */
export function isFreeform(ev: Evaluator, configuration: Attrs): boolean {
  const module = tryAttrs(ev, configuration, "config", "_module")
  return (
    module === undefined ||
    tryAttr(ev, module, "freeformType") !== null ||
    tryAttr(ev, module, "check") === false
  )
}
