// What stands in a record for what JSON cannot hold, or holds at too great a length: `{ "_oracle": kind, .. }`.

import { createHash } from "node:crypto"
import type { Recorded } from "./expected.js"

export function mark(value: Recorded): unknown {
  return isSet(value) ? value._oracle : undefined
}

/** A long text is recorded by its hash and its length in UTF-8. */
export function digest(value: unknown): unknown {
  if (typeof value !== "string") return undefined
  const data = Buffer.from(value)
  return { _oracle: "text", sha256: createHash("sha256").update(data).digest("hex"), bytes: data.length }
}

export function isSet(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
