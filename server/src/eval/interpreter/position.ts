// Places as programs see them.

import { placeOf, type Span } from "../code/span.js"
import { shownPathText } from "../core-files.js"
import type { Evaluator } from "../evaluator.js"
import { boxObject } from "../values/heap.js"
import { ownShape } from "../values/shape.js"
import { Attrs, attrsSlot, type Value } from "../values/value.js"
import { delayNative } from "./force.js"

/**
 * What `__curPos` and `unsafeGetAttrPos` give: null where nothing is known, and for a text that is no file. Line and column are
 * thunks, as in Nix, whose messages show that.
 */
export function positionAttrs(ev: Evaluator, span: Span): Value {
  const place = placeOf(span)
  const file = shownPathText(place?.file ?? "")
  if (place === undefined || !file.startsWith("/")) return null
  const line = delayNative(ev, () => place.line)
  const column = delayNative(ev, () => place.column)
  return new Attrs(attrsSlot(POSITION, [boxObject(file), line.slot, column.slot]))
}

const POSITION = ownShape("file", "line", "column")
