// Plain JavaScript data as Nix values: facts that come from outside.

import { attrsOf, NixFloat, type Value } from "./value.js"

/** Plain data as a value. Texts must be byte strings. Numbers that are no integers become floats. */
export function fromPlain(data: unknown): Value {
  if (data === null || data === undefined) return null
  if (typeof data === "boolean" || typeof data === "string" || typeof data === "bigint") return data
  if (typeof data === "number") return Number.isSafeInteger(data) ? data : new NixFloat(data)
  if (Array.isArray(data)) return data.map(fromPlain)
  return attrsOf(Object.entries(data).map(([name, value]) => [name, fromPlain(value)] as const))
}
