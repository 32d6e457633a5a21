// One version of an open document, and everything that can be asked about it: the front door of this layer.

import type { Problem, TextRange } from "../base/index.js"
import type { AspectContainer, Fleet, OptionAnswer } from "../fleet/index.js"
import { type Expr, writtenName } from "../syntax/index.js"
import { type DeployAction, deployActions } from "./code-actions/deploy.js"
import { type RemoveAction, removeAction } from "./code-actions/remove.js"
import { checkSyntax } from "./diagnostics/syntax.js"
import { foldingRanges } from "./folding.js"
import { type FleetView, type Hover, hover } from "./hover/hover.js"
import { renderNoHosts } from "./hover/no-host-markdown.js"
import { PAGE, renderOption } from "./hover/option-markdown.js"
import { fileAddress } from "./hover/places.js"
import { type Link, links } from "./links.js"
import { type DocumentSymbol, documentSymbols } from "./symbols.js"
import { mayBeTarget, targetAt } from "./target/target-at.js"

export interface Analysis {
  readonly problems: readonly Problem[]
  /** False where no hover will ever say anything. */
  mayHover(offset: number): boolean
  hover(offset: number, view: FleetView | undefined): Promise<Hover | undefined>
  /** The path of the option that is set, declared or read at an offset. */
  optionAt(offset: number, containers?: readonly AspectContainer[]): string | undefined
  actions(fleet: Fleet | undefined): readonly DeployAction[]
  /** What removes the binding whose name is in a range. */
  removal(at: TextRange): RemoveAction | undefined
  /** Without the fleet's containers, aspects look like any other attribute. */
  symbols(containers?: readonly AspectContainer[]): readonly DocumentSymbol[]
  folds(): readonly TextRange[]
  links(isFile: (path: string) => boolean): readonly Link[]
}

/** Parses a document and returns what can be asked about it. Offsets count units of `text`. */
export function analyze(path: string, text: string): Analysis {
  const { tree, problems } = checkSyntax(text)
  return {
    problems,
    mayHover: offset => mayBeTarget(tree, offset),
    hover: (offset, view) => hover({ path, tree, text }, offset, view),
    optionAt: (offset, containers = []) => optionAt(tree, offset, containers),
    actions: fleet => (fleet === undefined ? [] : deployActions(path, fleet)),
    removal: at => removeAction(tree, text, at),
    symbols: (containers = []) => documentSymbols(tree, text, containers),
    folds: () => foldingRanges(tree, text),
    links: isFile => links(tree, path, isFile),
  }
}

function optionAt(tree: Expr, offset: number, containers: readonly AspectContainer[]): string | undefined {
  const target = targetAt(tree, offset, containers)
  return target?.kind === "option" ? target.path.map(writtenName).join(".") : undefined
}

/**
 * An option on all hosts as a page of Markdown.
 * @param root the folder that paths are shown relative to
 * @param noHosts why the fleet has no hosts, if it has none
 */
export function optionPage(answer: OptionAnswer, root = "", noHosts?: string): string {
  return noHosts === undefined
    ? renderOption(answer, fileAddress, root, PAGE)
    : renderNoHosts(answer.path, noHosts)
}
