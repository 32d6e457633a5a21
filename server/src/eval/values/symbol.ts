// Attribute and variable names as small integers, so that comparing two names is comparing two numbers.
//
// The table is one for the process and only grows: symbols are pure names, the same for every evaluation, and code and
// shapes that outlive an evaluation hold them. It is a hash table of integers rather than a `Map`, because then the 60,000
// names of nixpkgs can be restored from disk in a millisecond, each text being cut out when it is first asked for.

import { firstNames } from "../code/first-names.js"
import { meet } from "./met-names.js"

export type Sym = number

/** Texts by symbol; undefined while `restored` still has it. */
const names: (string | undefined)[] = []
/** Symbol + 1 by hash, open addressing; at most half full. */
let table: Int32Array = new Int32Array(1 << 12)

/** Names that were kept from an earlier time: all of them in one text, and where each begins. */
let restored: { readonly joined: string; readonly starts: Int32Array } | undefined

/** The symbol of a name, made on first use; the evaluation has met it then. `name` is a byte string. */
export function intern(name: string): Sym {
  const symbol = numberOf(name)
  meet(symbol)
  return symbol
}

function numberOf(name: string): Sym {
  const at = placeOf(name)
  if (table[at] !== 0) return table[at] - 1
  const symbol = names.push(name) - 1
  if (names.length * 2 > table.length) enlarge()
  else table[at] = symbol + 1
  return symbol
}

/** The symbol of a name that somebody interned before; asking with a name from outside must not grow the table. */
export function known(name: string): Sym | undefined {
  const found = table[placeOf(name)]
  return found === 0 ? undefined : found - 1
}

/** The name that a symbol stands for. */
export function nameOf(symbol: Sym): string {
  return names[symbol] ?? restoredName(symbol)
}

/** Every name so far, by symbol. */
export function allNames(): readonly string[] {
  return Array.from(names.keys(), nameOf)
}

/** The table itself, to be kept: whoever restores it needs not hash a single name. */
export function symbolTable(): Int32Array {
  return table
}

/**
 * Restores all names at once. The first of them must be those that are here already.
 * @param starts where each name begins in `joined`, and behind the last one where it ends
 * @param hashes what `symbolTable` gave
 */
export function restoreNames(joined: string, starts: Int32Array, hashes: Int32Array): void {
  restored = { joined, starts }
  names.length = starts.length - 1
  table = hashes
}

function restoredName(symbol: Sym): string {
  if (restored === undefined) throw new Error(`no such symbol: ${symbol}`)
  const name = restored.joined.slice(restored.starts[symbol], restored.starts[symbol + 1])
  names[symbol] = name
  return name
}

/** Where in the table a name is, or would be. */
function placeOf(name: string): number {
  const mask = table.length - 1
  for (let at = hash(name) & mask; ; at = (at + 1) & mask)
    if (table[at] === 0 || nameOf(table[at] - 1) === name) return at
}

function hash(name: string): number {
  let h = name.length
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
  return (h ^ (h >>> 15)) >>> 1
}

function enlarge(): void {
  table = new Int32Array(table.length * 2)
  for (let symbol = 0; symbol < names.length; symbol++) table[placeOf(nameOf(symbol))] = symbol + 1
}

for (const name of firstNames) intern(name)
