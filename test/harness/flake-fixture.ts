// Opens flakes that only exist in memory. Expected store paths, hashes and values come from Nix 2.34.8 for the same files on disk.
// What Nix does not have (problems with places, missing inputs that nobody needs) is what people should read.

import { EvalError, intern, printValue, toJson, type Value } from "../../server/src/eval/index.js"
import {
  type FlakeProblem,
  type OpenFlake,
  type OpenSettings,
  OverlaidFiles,
  openFlake,
} from "../../server/src/fleet/index.js"
import { fixture } from "./fixture.js"
import { MemoryFiles } from "./memory-files.js"

/** Files of a fixture, below /w; the flake is /w/main. */
export function filesOf(source: string): OverlaidFiles {
  // All that there is, so that the store of this machine cannot matter.
  const memory = new MemoryFiles("")
  for (const { path, text } of fixture(source).files) memory.write(`/w${path}`, text)
  return new OverlaidFiles(memory)
}

/** The flake of a fixture, or of files that a test goes on changing. */
export function open(
  source: string | OverlaidFiles,
  overrideInputs: Record<string, string> = {},
  settings: OpenSettings = {},
): OpenFlake {
  const files = typeof source === "string" ? filesOf(source) : source
  return openFlake({ root: "/w/main", offline: true, overrideInputs }, files, settings)
}

/** An attribute of the flake as Nix prints it, or its error. */
export function value(flake: OpenFlake, path: string): string {
  const { evaluator: ev } = flake
  try {
    let found: Value = selfOf(flake)
    for (const name of path.split(".")) found = ev.force(ev.attrs(found).get(intern(name)) ?? null)
    return printValue(ev, found, { force: true })
  } catch (error) {
    if (error instanceof EvalError) return `error: ${error.message}`
    throw error
  }
}

function selfOf({ self }: OpenFlake): Value {
  if (self instanceof EvalError) throw self
  return self
}

/** What a function of the flake returns, as plain data. `fn` is its source. */
export function json(flake: OpenFlake, fn: string): unknown {
  const { evaluator: ev } = flake
  const result = ev.call(ev.evaluateText(fn, "/"), selfOf(flake))
  return JSON.parse(toJson(ev, result, { copyToStore: false }).text)
}

/** The flake's problems, a line each: place, severity, message. */
export function shown({ problems }: OpenFlake): string[] {
  return problems.map(show)
}

function show({ file, range: { start, end }, severity, message }: FlakeProblem): string {
  return `${file}:${start.line}:${start.column}-${end.column} ${severity}: ${message}`
}

/** Of a lock file, by name. */
export type Nodes = Record<string, unknown>

/** A node of a lock file whose reference needs no more to be pinned, or is pinned as `locked`. */
export function node(original: object, locked: object = original): Record<string, unknown> {
  return { original, locked }
}

/** The text of a flake.lock. */
export function lockText(nodes: Nodes): string {
  return JSON.stringify({ nodes, root: "root", version: 7 })
}

/** The same as a file of a fixture. */
export function lockOf(nodes: Nodes): string {
  return `\n#- /main/flake.lock\n${lockText(nodes)}\n`
}

/** One input that is there, and one that is not. */
export const fleetOfOne = `
#- /main/flake.nix
{
  inputs.here.url = "path:/w/here";
  inputs.there.url = "github:owner/repo";
  outputs = { self, here, there }: {
    ok = here.one;
    wants = there.two;
    path = "\${there}/x";
  };
}
#- /here/flake.nix
{ outputs = _: { one = 1; }; }
`
