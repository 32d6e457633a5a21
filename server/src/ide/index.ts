// Layer 5: one file a feature. Offsets of a text in, plain data out; the protocol's types are made of it elsewhere.

export { type Analysis, analyze, optionPage } from "./analysis.js"
export { type DeployAction, deployActions } from "./code-actions/deploy.js"
export { derivationName, fixAction } from "./code-actions/fix.js"
export { checkSyntax } from "./diagnostics/syntax.js"
export { type FleetView, type Hover, hover } from "./hover.js"
export { type DocumentSymbol, documentSymbols } from "./symbols.js"
export { type Target, targetAt } from "./target.js"
