// What evaluations leave in memory, and how to be rid of it.

import { forgetFormals } from "./builtins/attrsets.js"
import { forgetFolders } from "./builtins/files.js"
import { unlearn } from "./code/code.js"
import { releaseHeap } from "./values/heap.js"
import { forgetShapes } from "./values/shape.js"

/**
 * Drops every value that was ever computed, as `releaseHeap`, and all that is known of their shapes: for when memory is scarce, since
 * the next evaluation has to find the shapes anew. Code and symbols stay.
 */
export function emptyMemory(): void {
  releaseHeap()
  forgetShapes()
  unlearn()
  forgetFormals()
  forgetFolders()
}
