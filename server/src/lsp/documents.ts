// The open documents: their text as the person sees it, and its analysis, made once per version and on demand.
//
// A version never changes: a request that waits for evaluation continues with the text it was asked about.

import type { Connection, TextDocumentContentChangeEvent } from "vscode-languageserver"
import { TextDocument } from "vscode-languageserver-textdocument"
import { type Analysis, analyze } from "../ide/index.js"
import { pathOf } from "./positions.js"

export interface OpenDocument {
  /** Absolute path; documents of other schemes than `file:` are not kept. */
  readonly path: string
  readonly text: TextDocument
  readonly analysis: Analysis
}

export interface DocumentEvents {
  opened(document: OpenDocument): void
  /** `changes` are in order, each relative to the text that the previous one left. */
  changed(document: OpenDocument, changes: readonly TextDocumentContentChangeEvent[]): void
  closed(path: string, uri: string): void
}

/** Keeps documents in step with the editor. */
export class Documents {
  private readonly open = new Map<string, OpenDocument>()

  constructor(private readonly events: DocumentEvents) {}

  get(uri: string): OpenDocument | undefined {
    return this.open.get(uri)
  }

  /** The open document at an absolute path. */
  at(path: string): OpenDocument | undefined {
    for (const document of this.open.values()) if (document.path === path) return document
    return undefined
  }

  all(): Iterable<OpenDocument> {
    return this.open.values()
  }

  listen(connection: Connection): void {
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      const document = this.keep(TextDocument.create(uri, languageId, version, text))
      if (document !== undefined) this.events.opened(document)
    })
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const old = this.open.get(textDocument.uri)
      if (old === undefined) return
      const copy = TextDocument.create(
        old.text.uri,
        old.text.languageId,
        old.text.version,
        old.text.getText(),
      )
      const document = this.keep(TextDocument.update(copy, contentChanges, textDocument.version))
      if (document !== undefined) this.events.changed(document, contentChanges)
    })
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      const document = this.open.get(uri)
      this.open.delete(uri)
      if (document !== undefined) this.events.closed(document.path, uri)
    })
  }

  private keep(text: TextDocument): OpenDocument | undefined {
    const path = pathOf(text.uri)
    if (path === undefined) return undefined
    let analysis: Analysis | undefined
    const document: OpenDocument = {
      path,
      text,
      get analysis() {
        return (analysis ??= analyze(path, text.getText()))
      },
    }
    this.open.set(text.uri, document)
    return document
  }
}
