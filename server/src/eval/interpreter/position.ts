// Places as programs see them.

import { placeOf, type Span } from "../code/span.js"
import { shownPathText } from "../core-files.js"
import { boxInteger, boxObject } from "../values/heap.js"
import { internShape } from "../values/shape.js"
import { intern } from "../values/symbol.js"
import { Attrs, attrsSlot, type Value } from "../values/value.js"

/** What `__curPos` and `unsafeGetAttrPos` give: null where nothing is known, and for a text that is no file. */
export function positionAttrs(span: Span): Value {
  const place = placeOf(span)
  const file = shownPathText(place?.file ?? "")
  if (place === undefined || !file.startsWith("/")) return null
  return new Attrs(attrsSlot(POSITION, [boxObject(file), boxInteger(place.line), boxInteger(place.column)]))
}

const POSITION = internShape(Int32Array.from(["file", "line", "column"], intern), undefined)
