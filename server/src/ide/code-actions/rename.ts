// Quick fix of an option that does not exist: "Change to 'hostName'", for each name that may have been meant.

import type { TextRange } from "../../base/index.js"
import type { FindingFix } from "../../fleet/index.js"
import { writtenName } from "../../syntax/index.js"

type Rename = Extract<FindingFix, { readonly kind: "rename" }>

/** Puts a name where another one is. */
export interface RenameAction {
  readonly title: string
  readonly range: TextRange
  /** As it is written in an attrpath. */
  readonly name: string
}

/** @param at where in the text the attrpath is that has the name; there are no edits unless it is there exactly once */
export function renameActions(text: string, at: TextRange, { from, to }: Rename): RenameAction[] {
  const found = Array.from(text.slice(at.start, at.end).matchAll(/[A-Za-z_][\w'-]*/g)).filter(
    ([name]) => name === from,
  )
  if (found.length !== 1) return []
  const start = at.start + found[0].index
  const range = { start, end: start + from.length }
  return to.map(name => ({ title: `Change to '${name}'`, range, name: writtenName(name) }))
}
