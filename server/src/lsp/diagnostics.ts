// The Problems view: syntax problems of open documents at once, and findings of evaluation in any file as soon as they are known.
//
// The list of a file is published as a whole, so both kinds are kept and joined here. While an open document does not parse,
// evaluation can only repeat that, so its errors about the same file are left out.

import {
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver"
import { groupBy, type Problem, type Severity } from "../base/index.js"
import type { Finding } from "../fleet/index.js"
import type { Documents, OpenDocument } from "./documents.js"
import { amidCheck, messageWithHosts, moved, type PlacedFinding } from "./findings.js"
import { fromSourcePlace, fromSourceRange, type LineOf, toRange, uriOf } from "./positions.js"

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

export class Diagnostics {
  /** By fleet root, then by absolute path. */
  private readonly findings = new Map<string, Map<string, PlacedFinding[]>>()

  constructor(
    private readonly connection: Connection,
    private readonly documents: Documents,
    private readonly readText: (path: string) => string | undefined,
  ) {}

  /**
   * Replaces the findings of a fleet.
   * @param checked if only these hosts were checked, what is known of others stays
   */
  setFindings(root: string, findings: readonly Finding[], checked?: readonly string[]): void {
    const before = this.findings.get(root)
    const placed = new Map<string, PlacedFinding[]>()
    for (const [file, list] of groupBy(findings, ({ file }) => file)) {
      const lineOf = this.linesOf(file)
      placed.set(
        file,
        list.map(finding => ({ finding, range: fromSourceRange(finding, lineOf) })),
      )
    }
    if (checked !== undefined)
      for (const [file, list] of before ?? [])
        placed.set(file, amidCheck(list, placed.get(file) ?? [], new Set(checked)))
    this.findings.set(root, placed)
    for (const file of new Set([...(before?.keys() ?? []), ...placed.keys()])) this.publish(file)
  }

  /** Moves findings along with an edit, and publishes the document's syntax problems. */
  edited(document: OpenDocument, changes: readonly TextDocumentContentChangeEvent[]): void {
    for (const fleet of this.findings.values()) {
      const list = fleet.get(document.path)
      if (list !== undefined) fleet.set(document.path, changes.reduce(moved, list))
    }
    this.publish(document.path)
  }

  /**
   * Forgets what was found in a file that is another one on disk now, or none: nobody knows where it is in there. The next check finds
   * it again. What is open moves along with edits.
   */
  replaced(path: string): void {
    if (this.documents.at(path) !== undefined || this.findingsIn(path).length === 0) return
    for (const fleet of this.findings.values()) fleet.delete(path)
    this.publish(path)
  }

  /** Publishes what is known of a file that was open under a URI, which the editor may write in another way than we do. */
  closed(path: string, uri: string): void {
    if (uri !== uriOf(path)) void this.connection.sendDiagnostics({ uri, diagnostics: [] })
    this.publish(path)
  }

  publish(path: string): void {
    const document = this.documents.at(path)
    const problems = document?.analysis.problems ?? []
    const unparsed = problems.some(problem => problem.severity === "error")
    const all = this.findingsIn(path)
    const found = all.filter(({ finding }) => !unparsed || finding.severity !== "error")
    const diagnostics = [
      ...(document === undefined ? [] : problems.map(problem => ofProblem(document, problem, all))),
      ...found.map(placed => this.ofFinding(placed)),
    ]
    void this.connection.sendDiagnostics({
      uri: document?.text.uri ?? uriOf(path),
      ...(document === undefined ? {} : { version: document.text.version }),
      diagnostics,
    })
  }

  private findingsIn(path: string): PlacedFinding[] {
    return [...this.findings.values()].flatMap(fleet => fleet.get(path) ?? [])
  }

  private ofFinding({ finding, range }: PlacedFinding): Diagnostic {
    const { severity, code, related } = finding
    const relatedInformation = related.map((place): DiagnosticRelatedInformation => {
      const start = fromSourcePlace(place, this.linesOf(place.file))
      return { location: { uri: uriOf(place.file), range: { start, end: start } }, message: place.message }
    })
    const data = finding.fix === undefined ? {} : { data: finding.fix }
    return {
      range,
      severity: severities[severity],
      code,
      source: "canopy",
      message: messageWithHosts(finding),
      relatedInformation,
      ...data,
    }
  }

  /** Lines of a file, as open or as on disk. The text is split once. */
  private linesOf(path: string): LineOf {
    let lines: string[] | undefined
    return line => {
      lines ??= (this.documents.at(path)?.text.getText() ?? this.readText(path) ?? "").split(/\r?\n/)
      return lines[line]
    }
  }
}

/** A syntax problem. If evaluation found the same, it adds the hosts that the problem concerns. */
function ofProblem(document: OpenDocument, problem: Problem, findings: readonly PlacedFinding[]): Diagnostic {
  const { severity, code, message } = problem
  const range = toRange(document.text, problem.range)
  const same = findings.find(
    ({ finding, range: { start } }) =>
      finding.code === code && start.line === range.start.line && start.character === range.start.character,
  )
  return {
    range,
    severity: severities[severity],
    code,
    source: "canopy",
    message: messageWithHosts({ message, hosts: same?.finding.hosts ?? [] }),
  }
}
