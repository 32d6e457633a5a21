// The standard features of LSP. Each handler finds the document, asks its analysis, and translates the answer.

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type DocumentLink,
  type DocumentLinkParams,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type FoldingRange,
  type FoldingRangeParams,
  type Hover,
  type HoverParams,
  SymbolKind,
  type WorkspaceEdit,
} from "vscode-languageserver"
import type { TextDocument } from "vscode-languageserver-textdocument"
import { log, type TextRange } from "../base/index.js"
import type { Answers, FindingFix, Kind, QuestionOf } from "../fleet/index.js"
import {
  type DeployAction,
  type FleetView,
  fixTitle,
  type DocumentSymbol as OutlineSymbol,
  renameActions,
} from "../ide/index.js"
import type { OpenDocument } from "./documents.js"
import { gesture } from "./guard.js"
import { fromRange, toRange, uriOf } from "./positions.js"
import type { DeployArguments, DeployCommand, FixArguments, FixCommand } from "./protocol.js"
import type { State } from "./server.js"

const deployCommand: DeployCommand = "canopy.deployHost"
const fixCommand: FixCommand = "canopy.fix"

const symbolKinds: Record<OutlineSymbol["kind"], SymbolKind> = {
  attribute: SymbolKind.Property,
  function: SymbolKind.Function,
  module: SymbolKind.Module,
}

/** Registers hover, code actions, symbols, folding and links. */
export function listenForFeatures(state: State): void {
  const { connection } = state
  connection.onHover(
    gesture<HoverParams, Hover | null>(null, (params, signal) => hover(state, params, signal)),
  )
  connection.onCodeAction(gesture<CodeActionParams, CodeAction[]>([], params => codeActions(state, params)))
  connection.onDocumentSymbol(
    gesture<DocumentSymbolParams, DocumentSymbol[]>([], params => symbols(state, params)),
  )
  connection.onFoldingRanges(gesture<FoldingRangeParams, FoldingRange[]>([], params => folds(state, params)))
  connection.onDocumentLinks(gesture<DocumentLinkParams, DocumentLink[]>([], params => links(state, params)))
}

async function hover(state: State, params: HoverParams, signal: AbortSignal): Promise<Hover | null> {
  const document = state.documents.get(params.textDocument.uri)
  if (document === undefined) return null
  log("time", () => "hover asked")
  const found = await hoverIn(state, document, document.text.offsetAt(params.position), signal)
  log("time", () => `hover answered${found === undefined ? ", with nothing" : ""}`)
  if (found === undefined) return null
  return { contents: { kind: "markdown", value: found.markdown }, range: toRange(document.text, found.range) }
}

/**
 * Asks up to three times: at once, for what the text alone can answer; when the flake has been evaluated, for options; and when
 * the fleet is loaded, for the rest. What it then knows nothing of may still have a meaning in the text.
 */
async function hoverIn(state: State, document: OpenDocument, offset: number, signal: AbortSignal) {
  // In a comment, nobody should look at a hover that is loading for as long as the fleet is.
  if (!document.analysis.mayHover(offset)) return undefined
  const ask = () => document.analysis.hover(offset, viewOf(state, document, signal))
  const open = state.fleets.ofPath(document.path)
  const found = await ask()
  if (found !== undefined || open === undefined || open.currentFleet !== undefined) return found
  await open.outlinedOnce(signal)
  const sooner = await ask()
  if (sooner !== undefined) return sooner
  await open.loadedOnce(signal)
  return (await ask()) ?? document.analysis.hover(offset, undefined)
}

function codeActions(state: State, params: CodeActionParams): CodeAction[] {
  const document = state.documents.get(params.textDocument.uri)
  if (document === undefined) return []
  const open = state.fleets.ofPath(document.path)
  if (open === undefined) return []
  const { root, fleet, lastKnown } = open
  const mending = fixes(state, document, params, root)
  // What an editor asks for unasked makes its light bulb, which would burn in every file of a host.
  if (params.context.triggerKind === CodeActionTriggerKind.Automatic) return mending
  // The plan says why a host that is only known from before cannot be deployed.
  const own = [fleet, lastKnown?.fleet].flatMap(known => document.analysis.actions(known))
  return [...mending, ...own.map(action => toCodeAction(action, root))]
}

/** The quick fixes that the findings in range carry with them. */
function fixes(
  { fleets }: State,
  { text, analysis }: OpenDocument,
  { context }: CodeActionParams,
  root: string,
): CodeAction[] {
  return context.diagnostics.flatMap((diagnostic): CodeAction[] => {
    const fix = diagnostic.source === "canopy" ? (diagnostic.data as FindingFix | undefined) : undefined
    if (fix === undefined || (fix.kind === "build" && !fleets.offersBuilds)) return []
    const mends = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] }
    if (fix.kind === "rename")
      return renameActions(text.getText(), fromRange(text, diagnostic.range), fix).map(action => ({
        ...mends,
        title: action.title,
        edit: edited(text, action.range, action.name),
      }))
    if (fix.kind === "remove") {
      const removal = analysis.removal(fromRange(text, diagnostic.range))
      return removal === undefined
        ? []
        : [{ ...mends, title: removal.title, edit: edited(text, removal.range, "") }]
    }
    const title = fixTitle(fix, root)
    const target: FixArguments = { root, fix }
    return [{ ...mends, title, command: { title, command: fixCommand, arguments: [target] } }]
  })
}

function edited(text: TextDocument, range: TextRange, newText: string): WorkspaceEdit {
  return { changes: { [text.uri]: [{ range: toRange(text, range), newText }] } }
}

function symbols(state: State, params: DocumentSymbolParams): DocumentSymbol[] {
  const document = state.documents.get(params.textDocument.uri)
  if (document === undefined) return []
  const containers = state.fleets.ofPath(document.path)?.outline?.containers
  return document.analysis.symbols(containers).map(symbol => toSymbol(document.text, symbol))
}

function folds(state: State, params: FoldingRangeParams): FoldingRange[] {
  const document = state.documents.get(params.textDocument.uri)
  return (
    document?.analysis.folds().map(range => {
      const { start, end } = toRange(document.text, range)
      return { startLine: start.line, endLine: end.line }
    }) ?? []
  )
}

/** Links to existing files. None without trust: looking for a file outside of the workspace is more than syntax. */
function links({ documents, fleets, world }: State, params: DocumentLinkParams): DocumentLink[] {
  const document = documents.get(params.textDocument.uri)
  if (document === undefined || !fleets.report().trusted) return []
  const found = document.analysis.links(path => world.isFile(path))
  return found.map(({ range, file }) => ({ range: toRange(document.text, range), target: uriOf(file) }))
}

/** What a hover in the document may ask its fleet; undefined if it belongs to none. */
function viewOf(state: State, document: OpenDocument, signal: AbortSignal): FleetView | undefined {
  const open = state.fleets.ofPath(document.path)
  if (open === undefined) return undefined
  const { port, hovers, currentOutline, currentFleet } = open
  const ask = <K extends Kind>(question: QuestionOf<K>): Promise<Answers[K]> =>
    hovers.ask(JSON.stringify(question), signal, signal => port.ask(question, { signal }))
  return {
    outline: currentOutline,
    fleet: currentFleet,
    importers: aspects => ask({ kind: "importers", aspects }),
    describe: (root, path) => ask({ kind: "function", root, path }),
    role: path => ask({ kind: "why", path }),
    package: (path, hosts) => ask({ kind: "package", path, hosts }),
    option: (path, hosts, aspects) => ask({ kind: "option", path, hosts, aspects }),
  }
}

function toCodeAction({ title, host }: DeployAction, root: string): CodeAction {
  const target: DeployArguments = { host, root }
  return {
    title,
    kind: CodeActionKind.Empty,
    command: { title, command: deployCommand, arguments: [target] },
  }
}

function toSymbol(text: TextDocument, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name || "·",
    detail: symbol.detail,
    kind: symbolKinds[symbol.kind],
    range: toRange(text, symbol.range),
    selectionRange: toRange(text, symbol.nameRange),
    children: symbol.children.map(child => toSymbol(text, child)),
  }
}
