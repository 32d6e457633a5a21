// An evaluation error in one paragraph: what failed, and where in the user's files.

import { type EvalError, placeOf, textOfBytes } from "../eval/index.js"
import type { SourcePlace } from "./model.js"

/** The message, with its place behind it. */
export function errorSummary(error: EvalError, realPath: (seen: string) => string): string {
  const place = errorPlaces(error, realPath)[0]
  const message = textOfBytes(error.message)
  return place === undefined ? message : `${message} (at ${place.file}:${place.line}:${place.column})`
}

/** Every place that an error's trace names, innermost first. */
export function errorPlaces(error: EvalError, realPath: (seen: string) => string): SourcePlace[] {
  return [error.span, ...error.frames.map(({ span }) => span)].flatMap(span => {
    const place = placeOf(span)
    return place === undefined || place.file.startsWith("«")
      ? []
      : [{ file: realPath(place.file), line: place.line, column: place.column }]
  })
}
