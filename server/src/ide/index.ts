// Layer 5: the editor's features, one file or folder each. Offsets of a text in, plain data out; lsp turns that into the protocol's types.

export { type Analysis, analyze, optionPage } from "./analysis.js"
export { type DeployAction, deployActions } from "./code-actions/deploy.js"
export { derivationName, type FindingCommand, fixTitle } from "./code-actions/fix.js"
export { type RenameAction, renameActions } from "./code-actions/rename.js"
export type { FleetView } from "./hover/hover.js"
export { type DocumentSymbol, documentSymbols } from "./symbols.js"
export type { Target } from "./target/target.js"
export { targetAt } from "./target/target-at.js"
