// Nix's lints of literals, which are off unless a setting asks for them, and the operators that are experimental to it: what
// a text is refused or warned for although the grammar takes it.

import { type Expr, pushChildren } from "../../syntax/index.js"
import { EvalError } from "../errors/error.js"
import { warningText } from "../errors/error-text.js"
import type { LanguageSettings, Lint } from "../language-settings.js"
import type { SourceText } from "./span.js"

interface Finding {
  readonly lint: Lint
  readonly start: number
  readonly message: string
  /** What is said instead where the lint is fatal, if that is something else. */
  readonly fatalMessage?: string
}

/**
 * Looks for what the settings refuse or want warnings of.
 * @param warn takes a warning, several lines of bytes
 * @throws EvalError `syntax` for the first thing that is refused
 */
export function lint(
  source: SourceText,
  tree: Expr,
  { lints, experimentalFeatures }: LanguageSettings,
  warn: (text: string) => void,
): void {
  const isPipesOff = experimentalFeatures !== undefined && !experimentalFeatures.has("pipe-operators")
  if (lints === undefined && !isPipesOff) return
  const found: Finding[] = []
  const waiting = [tree]
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    if (isPipesOff) refusePipe(source, expr)
    found.push(...findingsOf(expr))
    pushChildren(expr, waiting)
  }
  for (const finding of found.sort((a, b) => a.start - b.start)) {
    const level = lints?.[finding.lint] ?? "ignore"
    const said = level === "fatal" ? (finding.fatalMessage ?? finding.message) : finding.message
    const message = `${said} (lint-${finding.lint})`
    if (level === "fatal") throw new EvalError("syntax", message, source.base + finding.start)
    if (level === "warn") warn(warningText(message, source.base + finding.start))
  }
}

function refusePipe(source: SourceText, expr: Expr): void {
  if (expr.kind !== "binary" || (expr.op !== "|>" && expr.op !== "<|")) return
  const message =
    "experimental Nix feature 'pipe-operators' is disabled; add '--extra-experimental-features pipe-operators' to enable it"
  throw new EvalError("syntax", message, source.base + expr.opRange.start)
}

function findingsOf(expr: Expr): Finding[] {
  if (expr.kind === "string" && expr.style === "uri") return [urlLiteral(expr)]
  if (expr.kind !== "path" || expr.parts[0].kind !== "text") return []
  const { text, start } = expr.parts[0]
  if (text.startsWith("/")) return [unportable("absolute", text, start)]
  if (text.startsWith("~")) return [unportable("home", text, start)]
  if (text.startsWith(".")) return []
  const message = `relative path literal '${text}' should be prefixed with '.' for clarity: './${text}'`
  return [{ lint: "short-path-literals", start, message }]
}

function urlLiteral({ parts, start }: Extract<Expr, { kind: "string" }>): Finding {
  const url = parts[0].kind === "text" ? parts[0].text : ""
  const advice = `Consider using a string literal "${url}" instead`
  return {
    lint: "url-literals",
    start,
    message: `URL literals are discouraged. ${advice}`,
    fatalMessage: `URL literals are disallowed. ${advice}`,
  }
}

function unportable(kind: "absolute" | "home", text: string, start: number): Finding {
  const message = `${kind} path literals are not portable. Consider replacing path literal '${text}' by a string, relative path, or parameter`
  return { lint: "absolute-path-literals", start, message }
}
