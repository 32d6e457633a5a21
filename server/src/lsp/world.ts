// What the protocol needs from outside: files to look at, threads to evaluate in, and the features of the editor layer.
//
// Passed in by the entry point, so that tests speak LSP to a server that touches neither disk nor threads.

import type { Problem, TextRange } from "../base/index.js"
import type { Fleet, FleetPort, FleetSetup, OptionAnswer } from "../fleet/index.js"

export interface World {
  /** Whether there is a file at an absolute path. */
  isFile(path: string): boolean
  /** The text of a file on disk, undefined when it cannot be read. */
  readText(path: string): string | undefined
  /** Opens a fleet; nothing is evaluated until the port is asked. */
  connect(setup: FleetSetup): FleetPort
  readonly features: Features
  readonly version: string
}

/** The editor layer. Offsets are UTF-16 units of the document's text; nothing here throws for user code but `Cancelled`. */
export interface Features {
  /** Reads one open document. */
  analyze(path: string, text: string): Analysis
  /** An option on all hosts as a page of Markdown. */
  optionPage(answer: OptionAnswer): string
}

/** One version of an open document. */
export interface Analysis {
  readonly problems: readonly Problem[]
  hover(offset: number, fleet: FleetView | undefined): Promise<Hover | undefined>
  actions(range: TextRange, fleet: FleetView | undefined): readonly Action[]
  symbols(): readonly DocumentSymbol[]
  folds(): readonly TextRange[]
}

/** The fleet that a document belongs to, as far as it is known. */
export interface FleetView {
  /** Undefined until the fleet has been loaded once. */
  readonly fleet: Fleet | undefined
  option(path: string, hosts?: readonly string[]): Promise<OptionAnswer>
}

export interface Hover {
  readonly range: TextRange
  readonly markdown: string
}

/** Something to do at a place. */
export interface Action {
  readonly kind: "deploy"
  readonly title: string
  readonly host: string
}

export interface DocumentSymbol {
  readonly name: string
  readonly detail: string
  readonly kind: "attribute" | "function" | "module"
  readonly range: TextRange
  /** The name itself, inside `range`. */
  readonly nameRange: TextRange
  readonly children: readonly DocumentSymbol[]
}
