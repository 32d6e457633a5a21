// Functions that modules call by a path, such as `lib.mkDefault`: their arguments and the comment above them. Evaluation finds
// the file, however the library is put together.

import {
  Attrs,
  Builtin,
  bytesOf,
  type Evaluator,
  intern,
  Lambda,
  Partial,
  type Place,
  placeOf,
  placeOfFunction,
  textOfBytes,
} from "../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryForce, tryText } from "../modules/index.js"
import type { EvaluatedFleet } from "./evaluated-fleet.js"
import type { FunctionAnswer, FunctionRoot } from "./model.js"
import { packagesOf, setAt } from "./packages/package-state.js"
import { writtenFunction } from "./texts/function-comment.js"
import { sourceRange } from "./texts/source-files.js"

const FUNCTOR = intern("__functor")

/** The function, or the type of options, at a path; undefined for anything else. */
export function functionAt(
  fleet: EvaluatedFleet,
  root: FunctionRoot,
  path: readonly string[],
): FunctionAnswer | undefined {
  const { ev } = fleet
  const names = path.map(bytesOf)
  const last = names.at(-1)
  const from = rootOf(fleet, root)
  const around = from && attempt(ev, () => setAt(ev, from, names.slice(0, -1))).value
  const place = last === undefined ? undefined : around?.get(intern(last))
  if (around === undefined || last === undefined || place === undefined) return undefined
  const value = tryForce(ev, place)
  const fn = value instanceof Partial ? value.fn : value
  if (fn instanceof Builtin) return { args: [], comment: "", builtin: fn.name }
  if (fn instanceof Lambda) return written(fleet, last, placeOfFunction(fn)) ?? { args: [], comment: "" }
  if (!(fn instanceof Attrs) || !(isType(ev, fn) || fn.has(FUNCTOR))) return undefined
  const found = written(fleet, last, placeOf(around.shape.spanAt(around.shape.find(intern(last)))))
  const description = isType(ev, fn) ? tryText(ev, fn, "description") : undefined
  return {
    args: [],
    comment: "",
    ...found,
    ...(description === undefined ? {} : { typeOf: textOfBytes(description) }),
  }
}

function isType(ev: Evaluator, value: Attrs): boolean {
  return tryText(ev, value, "_type") === "option-type"
}

function written(fleet: EvaluatedFleet, name: string, place: Place | undefined): FunctionAnswer | undefined {
  const path = place && fleet.paths.realPath(place.file)
  const file = path === undefined ? undefined : fleet.sources.get(path)
  if (place === undefined || file === undefined) return undefined
  const found = writtenFunction(file.text, fleet.sources.placesOf(file), name, place.offset)
  if (found === undefined) return undefined
  const { start } = sourceRange(file, found.range).range
  return {
    args: found.args.map(textOfBytes),
    comment: textOfBytes(found.comment),
    place: { file: textOfBytes(file.path), line: start.line, column: start.column },
  }
}

function rootOf(fleet: EvaluatedFleet, root: FunctionRoot): Attrs | undefined {
  switch (root) {
    case "lib":
      return libraryOf(fleet)
    case "inputs":
      return inputsOf(fleet)
    case "pkgs":
      return firstPackages(fleet)
  }
}

function inputsOf({ ev, flake: { self } }: EvaluatedFleet): Attrs | undefined {
  return self instanceof Attrs ? tryAttrs(ev, self, "inputs") : undefined
}

/** The `lib` of modules: that of nixpkgs, whatever the input is called. */
function libraryOf(fleet: EvaluatedFleet): Attrs | undefined {
  const { ev } = fleet
  const inputs = inputsOf(fleet)
  const names = inputs === undefined ? [] : fleet.inputs.map(({ name }) => bytesOf(name))
  const wellKnown = ["nixpkgs", "nixpkgs-lib"].filter(name => names.includes(name))
  for (const name of [...wellKnown, ...names]) {
    const library = inputs && tryAttrs(ev, inputs, name, "lib")
    if (library !== undefined && isLibrary(ev, library)) return library
  }
  const pkgs = firstPackages(fleet)
  return pkgs && tryAttrs(ev, pkgs, "lib")
}

function isLibrary(ev: Evaluator, library: Attrs): boolean {
  return tryAttr(ev, library, "mkOption") !== undefined
}

function firstPackages({ ev, hostList }: EvaluatedFleet): Attrs | undefined {
  for (const host of hostList.hosts) {
    const configuration = host.readable()
    const pkgs = configuration instanceof Attrs ? packagesOf(ev, configuration) : undefined
    if (pkgs !== undefined) return pkgs
  }
  return undefined
}
