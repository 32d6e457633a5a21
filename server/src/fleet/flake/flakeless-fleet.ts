// A fleet without a flake: a `default.nix` with attributes like the outputs of a flake, a colmena hive, or files that the person
// names. Sources pinned by npins, niv or by hand are fetched by the program itself, as under Nix.
//
// There is no lock, so evaluation sees this machine as `nix-build` does: its search path, its environment, its system.

import { type Attrs, EvalError, type Evaluator } from "../../eval/index.js"
import type { Files } from "../files.js"
import type { FleetSetup } from "../session/session-port.js"

/** Where the person says that hosts are: kind of host to a value in a file, such as `default.nix#nodes`. */
type HostPlaces = NonNullable<FleetSetup["hosts"]>

const outputsOfClass: Readonly<Record<string, string>> = {
  nixos: "nixosConfigurations",
  darwin: "darwinConfigurations",
  homeManager: "homeConfigurations",
  hive: "colmena",
}

const outputNames = [...Object.values(outputsOfClass), "colmenaHive"]

/** Files that are read if the person does not say where the hosts are. */
export const entryFiles = ["default.nix", "hive.nix"] as const

// A function is called as `nix-build` calls it; a value may be what modules made, with the outputs under `flake`.
const prelude = `let
  call = value: if builtins.isFunction value || value ? __functor then value { } else value;
  outputs = value: if builtins.any (name: value ? \${name}) [ ${outputNames.map(name => `"${name}"`).join(" ")} ]
    then value else value.flake or { };
in `

/** A Nix expression for the fleet's outputs; undefined if nothing in the folder says where hosts are. */
export function flakelessOutputs(root: string, files: Files, hosts: HostPlaces): string | undefined {
  const named = Object.entries(hosts)
  if (named.length > 0)
    return prelude + named.map(([kind, place]) => outputOf(kind, place, root)).join(" // ")
  const [entry, hive] = entryFiles.map(name => files.kindOf(`${root}/${name}`) === "regular")
  if (entry && hive) return `${prelude}${hiveFile(root)} // outputs (${valueAt(root, "default.nix")})`
  if (entry) return `${prelude}outputs (${valueAt(root, "default.nix")})`
  return hive ? prelude + hiveFile(root) : undefined
}

/** The file in which to look for the hosts: the first that there is, or else the first that could be. */
export function entryOf(root: string, files: Files, hosts: HostPlaces): string {
  const named = Object.values(hosts).map(place => place.split("#", 1)[0])
  const paths = (named.length > 0 ? named : entryFiles).map(file => pathOf(root, file))
  return paths.find(path => files.kindOf(path) === "regular") ?? paths[0]
}

function hiveFile(root: string): string {
  return outputOf("hive", "hive.nix", root)
}

function outputOf(kind: string, place: string, root: string): string {
  const [file, attribute] = place.split("#", 2)
  const value = valueAt(root, file, attribute)
  const output = outputsOfClass[kind]
  return output === undefined ? `outputs (${value})` : `{ ${output} = ${value}; }`
}

function valueAt(root: string, file: string, attribute?: string): string {
  const imported = `call (import (/. + ${JSON.stringify(pathOf(root, file)).replaceAll("${", "\\${")}))`
  return attribute ? `(${imported}).${attribute}` : imported
}

function pathOf(root: string, file: string): string {
  return file.startsWith("/") ? file : `${root}/${file}`
}

/** Evaluates the outputs. @throws EvalError */
export function evaluateOutputs(ev: Evaluator, expression: string, root: string): Attrs {
  const outputs = ev.attrs(ev.evaluateText(expression, root))
  const names = Array.from(outputs.shape.sorted)
  if (names.length > 0) return outputs
  throw new EvalError("missing-attribute", noHosts)
}

const noHosts = `there is no flake.nix here, and neither default.nix nor hive.nix names hosts (${outputNames.join(", ")}); \
say where they are: the setting 'canopy.evaluation.hosts', or '--hosts nixos FILE#ATTRIBUTE'`
