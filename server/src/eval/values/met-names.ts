// The order in which an evaluation met names. Nix goes through a set in this order, so of two attributes that fail it decides which
// failure is told. Symbols cannot say it: they outlive an evaluation, and most come from code that an earlier process kept.

import { firstNames } from "../code/first-names.js"
import type { Sym } from "./symbol.js"

/** The place of each symbol in the order, from 1; 0 where it has not been met. */
let ranks = new Int32Array(1 << 16)
let count = 0
let evaluation = 0
let heard: Set<Sym> | undefined

/** Begins the order of another evaluation, which has met only what Nix meets before it reads any program. */
export function forgetNames(): void {
  evaluation++
  ranks.fill(0)
  count = 0
  for (let symbol = 0; symbol < firstNames.length; symbol++) meet(symbol)
}

/** A number for the evaluation whose order it is. */
export function orderedFor(): number {
  return evaluation
}

export function meet(symbol: Sym): void {
  heard?.add(symbol)
  if (symbol >= ranks.length) enlarge(symbol)
  if (ranks[symbol] === 0) ranks[symbol] = ++count
}

/** The place of a name in the order; it is met now if it was not. */
export function rankOf(symbol: Sym): number {
  meet(symbol)
  return ranks[symbol]
}

/** What `work` gives, and the names that are met in it, also those that were met before. */
export function hearing<T>(work: () => T): { readonly result: T; readonly names: Int32Array } {
  const before = heard
  const names = new Set<Sym>()
  heard = names
  try {
    return { result: work(), names: Int32Array.from(names) }
  } finally {
    heard = before
    if (before !== undefined) for (const symbol of names) before.add(symbol)
  }
}

function enlarge(symbol: Sym): void {
  const larger = new Int32Array(2 * Math.max(ranks.length, symbol))
  larger.set(ranks)
  ranks = larger
}
