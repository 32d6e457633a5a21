// The recorded answers of Nix about vanixiets, read from the folder that holds them.

import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"

/** A value as it was recorded: `{ "_oracle": kind }` stands for what JSON cannot hold. */
export type Recorded = unknown

export interface RecordedOption {
  readonly type: Recorded
  readonly isDefined: Recorded
  readonly highestPrio: Recorded
  readonly files: Recorded
  readonly declarations: Recorded
  readonly declarationPositions: Recorded
  readonly value: Recorded
}

export interface HostRecord {
  readonly options: Readonly<Record<string, RecordedOption>>
  /** Options that Nix fails on. */
  readonly unevaluable: readonly { readonly path: readonly string[]; readonly error: string }[]
  readonly storePathsToLockNodes: Readonly<Record<string, readonly string[]>>
}

/** Names of files, with the options that each came by. */
interface ModuleFiles {
  readonly system: readonly string[]
  readonly home: Readonly<Record<string, readonly string[]>>
}

function unpacked(oracle: string, name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(oracle, "expected", `${name}.json.gz`))).toString())
}

function costs(oracle: string): Record<string, { readonly toplevelDrvPath: string }> {
  return JSON.parse(readFileSync(join(oracle, "costs.json"), "utf8"))
}

export function hostNames(oracle: string): string[] {
  return Object.keys(costs(oracle))
}

/** The derivation of each host's system. */
export function systemPaths(oracle: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(costs(oracle)).map(([name, cost]) => [name, cost.toplevelDrvPath]))
}

export function hostRecord(oracle: string, host: string): HostRecord {
  return unpacked(oracle, host) as HostRecord
}

/** The fleet's own module files of each host and of its users. */
export function aspectFiles(oracle: string): ReadonlyMap<string, readonly string[]> {
  const kinds = unpacked(oracle, "aspects") as Record<string, Record<string, ModuleFiles>>
  const hosts = Object.values(kinds).flatMap(kind => Object.entries(kind))
  return new Map(hosts.map(([name, { system, home }]) => [name, [...system, ...Object.values(home).flat()]]))
}
