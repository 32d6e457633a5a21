// Names in tar archives, as bytes: not all of them are UTF-8.

import type { Header } from "tar-stream"
import { bytesOf } from "../eval/index.js"

/** Makes the library give names as bytes, and read the oldest format of all. Its types do not know that it can. */
export const tarSettings: object = { filenameEncoding: "latin1", allowUnknownFormat: true }

export interface EntryNames {
  readonly name: string
  /** Where a link leads. */
  readonly target: string
  /** Whether the file has holes that are not in the archive. */
  readonly isSparse: boolean
}

/** The names in a header that was read with `tarSettings`. Those of its extended part are the only ones that the library decodes. */
export function namesIn({ name, linkname, pax }: Header): EntryNames {
  const extended = (pax ?? {}) as Readonly<Partial<Record<string, string>>>
  return {
    name: extended.path === undefined ? name : bytesOf(extended.path),
    target: extended.linkpath === undefined ? (linkname ?? "") : bytesOf(extended.linkpath),
    isSparse: Object.keys(extended).some(key => key.startsWith("GNU.sparse.")),
  }
}
