// Layer 0: what every layer needs and no Nix is in.

export { bug, onBug } from "./bug.js"
export { CancelFlag, Cancelled } from "./cancel.js"
export { groupBy } from "./group.js"
export { log, logTo } from "./log.js"
export { messageOf } from "./message.js"
export type { Problem, Severity } from "./problem.js"
export { type LineColumn, lineColumn, lineStarts, rangeOf, type TextRange, touches } from "./text.js"
