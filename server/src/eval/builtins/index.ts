// The table of builtins: all of them, which ones are global names, and their values in one evaluation.
//
// Nix has each builtin twice: as an attribute of `builtins`, and as a global name, with `__` in front unless it is one
// of the old ones that everybody writes without.

import { derivationFile } from "../core-files.js"
import type { Evaluator } from "../evaluator.js"
import { delayNative } from "../interpreter/force.js"
import { mem, type Slot } from "../values/heap.js"
import { intern } from "../values/symbol.js"
import { type Attrs, attrsOf, Builtin, type BuiltinRow, box, type Lazy } from "../values/value.js"
import { attrsetBuiltins } from "./attrsets.js"
import { controlBuiltins } from "./control.js"
import { dataBuiltins } from "./data.js"
import { derivationBuiltins } from "./derivations.js"
import { fetchBuiltins } from "./fetchers.js"
import { fileBuiltins } from "./files.js"
import { flakeBuiltins } from "./flakes.js"
import { hashBuiltins } from "./hashes.js"
import { listBuiltins } from "./lists.js"
import { numberBuiltins } from "./numbers.js"
import { sourceBuiltins } from "./sources.js"
import { contextBuiltins } from "./string-context.js"
import { stringBuiltins } from "./strings.js"
import { worldBuiltins } from "./world.js"

/** Every builtin function by its name in `builtins`. */
export const builtinRows: Readonly<Record<string, BuiltinRow>> = {
  ...attrsetBuiltins,
  ...contextBuiltins,
  ...controlBuiltins,
  ...dataBuiltins,
  ...derivationBuiltins,
  ...fetchBuiltins,
  ...fileBuiltins,
  ...flakeBuiltins,
  ...hashBuiltins,
  ...listBuiltins,
  ...numberBuiltins,
  ...sourceBuiltins,
  ...stringBuiltins,
  ...worldBuiltins,
}

/** Builtins that are not functions, or are written in Nix, with their documentation. */
export const builtinConstants: Readonly<Record<string, string>> = {
  builtins: "The set of all builtins.",
  currentSystem: "The system that Nix runs on, such as `x86_64-linux`. Absent in pure evaluation.",
  currentTime: "Seconds since 1970-01-01, the same throughout an evaluation. Absent in pure evaluation.",
  derivation:
    "Return a derivation: the attributes given, with `drvPath`, `outPath` and one attribute for each output.",
  false: "The Boolean `false`.",
  langVersion: "The version of the Nix language, an integer.",
  nixPath: "The search path for `<..>`, as a list of `{ prefix, path }`.",
  nixVersion: "The version of Nix whose language and results these are.",
  null: "The value `null`.",
  storeDir: "The folder of the store, normally `/nix/store`.",
  true: "The Boolean `true`.",
}

/** Global names without underscores (Nix: those registered without a `__` prefix). */
const bareNames = new Set([
  "abort",
  "baseNameOf",
  "break",
  "builtins",
  "derivation",
  "derivationStrict",
  "dirOf",
  "false",
  "fetchGit",
  "fetchMercurial",
  "fetchTarball",
  "fetchTree",
  "fromTOML",
  "import",
  "isNull",
  "map",
  "null",
  "placeholder",
  "removeAttrs",
  "scopedImport",
  "throw",
  "toString",
  "true",
])

/** The version of Nix that we agree with. */
const NIX_VERSION = "2.34.8"
const LANGUAGE_VERSION = 6

const functions: ReadonlyMap<string, Builtin> = new Map(
  Object.entries(builtinRows).map(([name, row]) => [name, new Builtin(name, row)]),
)

const names = [...functions.keys(), ...Object.keys(builtinConstants)].sort()

/** The number of every global name. */
export const globalNumbers: ReadonlyMap<string, number> = new Map(
  names.map((name, number) => [bareNames.has(name) ? name : `__${name}`, number]),
)

/** Whether an unbound name is one of Nix's own, including `__add` and the like. */
export function isGlobalName(name: string): boolean {
  return globalNumbers.has(name)
}

/** Global names that pure evaluation does not have, or that need a feature. */
export const uncertainGlobals: ReadonlySet<string> = new Set(
  names
    .filter(name => name.startsWith("current") || functions.get(name)?.row.feature !== undefined)
    .map(name => `__${name}`),
)

/** The numbers of the globals that an evaluation has. */
export function globalNumbersOf(ev: Evaluator): ReadonlyMap<string, number> {
  const constants = constantsOf(ev)
  const isThere = (name: string) => functionOf(ev, name) !== undefined || constants.has(name)
  return new Map([...globalNumbers].filter(([, number]) => isThere(names[number])))
}

/** The values of the globals in an evaluation, by number. */
export function globalsOf(ev: Evaluator): readonly Slot[] {
  const constants = constantsOf(ev)
  const values = names.map(name => functionOf(ev, name) ?? constants.get(name))
  const present = names.flatMap((name, number): [string, Lazy][] => {
    const value = values[number]
    return value === undefined ? [] : [[name, value]]
  })
  const builtins: Attrs = attrsOf(present)
  const self = builtins.shape.find(intern("builtins"))
  mem[(builtins.slot >>> 2) + 1 + self] = builtins.slot
  return values.map((value, number) => box(names[number] === "builtins" ? builtins : (value ?? null)))
}

function functionOf({ language }: Evaluator, name: string): Builtin | undefined {
  const builtin = functions.get(name)
  const feature = builtin?.row.feature
  return feature === undefined || language.experimentalFeatures?.has(feature) === true ? builtin : undefined
}

function constantsOf(ev: Evaluator): ReadonlyMap<string, Lazy> {
  const { currentSystem, currentTime, searchPath, storeDir } = ev.io
  const constants = new Map<string, Lazy>([
    ["builtins", null],
    ["derivation", delayNative(ev, () => ev.import(derivationFile))],
    ["false", false],
    ["langVersion", LANGUAGE_VERSION],
    [
      "nixPath",
      searchPath.map(({ prefix, path }) =>
        attrsOf([
          ["prefix", prefix],
          ["path", path],
        ]),
      ),
    ],
    ["nixVersion", NIX_VERSION],
    ["null", null],
    ["storeDir", storeDir],
    ["true", true],
  ])
  if (currentSystem !== undefined) constants.set("currentSystem", currentSystem)
  if (currentTime !== undefined) constants.set("currentTime", currentTime)
  return constants
}
