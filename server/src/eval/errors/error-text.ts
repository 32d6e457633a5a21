// An evaluation error as Nix writes it: the trace outermost first, the message last, each place with its line of source.
//
// Terminal and editor both show it. Without `trace` it holds what Nix shows by default: no function calls, at most two
// other frames, and every frame that a program added itself.

import { placeOf, type Span, sourceOf, writtenPlace } from "../code/span.js"
import { bytesOf } from "../values/byte-text.js"
import type { ErrorFrame, EvalError } from "./error.js"

export interface ErrorTextSettings {
  /** Show every frame, as `--show-trace`. */
  readonly trace: boolean
}

const INDENT = " ".repeat(7)
const ELLIPSIS = bytesOf("…")
/** Frames are shown up to this weight unless all are asked for; one with a place weighs two. */
const SHOWN_WEIGHT = 3
/** So many repetitions are shown in full. */
const SHOWN_DUPLICATES = 5

/** The error as bytes, several lines without a last newline. */
export function errorText(error: EvalError, settings: ErrorTextSettings): string {
  const trace = traceText(error, settings)
  const message = ended(error, `error: ${indentRest(error.message, INDENT)}`)
  const rest = isPlaceOfBuiltin(error) ? [] : placeLines(error.span, INDENT)
  if (error.hint !== undefined) rest.push(`${INDENT}${error.hint}`)
  const head = trace === "" ? "" : `error:${trace}\n\n${INDENT}`
  // A message may end with a value, which keeps the spaces at its end.
  return [withoutEnds(head + message), ...rest.map(chomped)].join("\n")
}

/** What a program itself warns of, as bytes: its lines stand below each other, and of an empty text Nix writes an empty line. */
export function ownWarningText(message: string): string {
  const rest = chomped(message)
  return rest === "" ? "" : withoutEnds(OWN_WARNING + indentRest(rest, " ".repeat(OWN_WARNING.length)))
}

const OWN_WARNING = "evaluation warning: "

/** A warning about a place, as bytes. */
export function warningText(message: string, span: Span): string {
  return [`warning: ${message}`, ...placeLines(span, INDENT).map(line => `  ${line}`)].join("\n")
}

/** What a program throws loses the space at its end. */
function ended({ code }: EvalError, line: string): string {
  return code === "throw" ? chomped(line) : line
}

// JavaScript's own trimEnd would take the byte 0xA0 too, which ends the UTF-8 of `à`.
function chomped(bytes: string): string {
  return bytes.replace(/[ \t\r\n]+$/, "")
}

function traceText(error: EvalError, { trace }: ErrorTextSettings): string {
  const writer = new TraceWriter(trace ? Number.POSITIVE_INFINITY : SHOWN_WEIGHT)
  for (const frame of error.frames.toReversed()) if (trace || frame.kind !== "call") writer.add(frame)
  return writer.end()
}

/** An error of a builtin's own has no place in Nix: the frame of the call, which is the first to have one, has it. */
function isPlaceOfBuiltin({ span, frames }: EvalError): boolean {
  const placed = frames.find(frame => frame.span !== 0 && frame.kind !== "placed")
  return placed?.span === span && placed.message.startsWith("while calling the '")
}

class TraceWriter {
  private text = ""
  private shown = 0
  private truncated = false
  private seen = new Set<string>()
  private duplicates: ErrorFrame[] = []

  constructor(private readonly limit: number) {}

  add(frame: ErrorFrame): void {
    if (frame.message === "") return
    if (this.limit < this.shown) this.truncated = true
    if (this.truncated && frame.kind !== "told") return
    const key = `${placeKey(frame.span)} ${frame.message}`
    if (this.seen.has(key)) {
      this.duplicates.push(frame)
      return
    }
    this.seen.add(key)
    this.writeDuplicates()
    this.write(frame)
  }

  end(): string {
    this.writeDuplicates()
    if (this.truncated)
      this.text += `\n\n${INDENT}(stack trace truncated; use '--show-trace' to show the full, detailed trace)`
    return this.text
  }

  private write(frame: ErrorFrame): void {
    this.shown++
    const lines = [`${INDENT}${ELLIPSIS} ${indentRest(frame.message, INDENT)}`]
    if (frame.span !== 0 && frame.kind !== "placed") {
      this.shown++
      lines.push(...placeLines(frame.span, `${INDENT}  `))
    }
    this.text += this.text === "" ? `\n${lines.join("\n")}` : `\n\n${lines.join("\n")}`
  }

  private writeDuplicates(): void {
    if (this.duplicates.length <= SHOWN_DUPLICATES) for (const frame of this.duplicates) this.write(frame)
    else this.text += `\n\n${INDENT}(${this.duplicates.length} duplicate frames omitted)`
    this.duplicates = []
  }
}

/** Tells places apart. A file that was read more than once, with other variables in scope, is one file. */
function placeKey(span: Span): Span | string {
  const place = placeOf(span)
  return place?.file.startsWith("/") === true ? writtenPlace(place) : span
}

function indentRest(message: string, indent: string): string {
  return message.replaceAll("\n", `\n${indent}`)
}

/** No line but the last has spaces at its end. */
function withoutEnds(text: string): string {
  return text.replaceAll(/[ \t\r]+\n/g, "\n")
}

/**
 * `at file:line:column:` and the line, with the lines around it, as Nix numbers and marks them. It counts bytes, so the mark
 * stands too far right behind letters beyond ASCII.
 */
function placeLines(span: Span, indent: string): string[] {
  const place = placeOf(span)
  if (place === undefined) return []
  const { line, column } = place
  const text = sourceOf(span)?.text ?? ""
  const code = [`${indent}at ${writtenPlace(place)}:`]
  if (text === "") return code
  const lines = text.split(/\r\n?|\n/)
  if (1 < line) code.push(codeLine(line - 1, lines[line - 2]))
  code.push(codeLine(line, lines[line - 1]), `${" ".repeat(12)} | ${" ".repeat(column - 1)}^`)
  if (line < lines.length) code.push(codeLine(line + 1, lines[line]))
  return code
}

function codeLine(number: number, text: string): string {
  return chomped(`${INDENT} ${String(number).padStart(5)}| ${text}`)
}
