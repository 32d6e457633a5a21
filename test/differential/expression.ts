// A generated expression: text with holes. It keeps just enough of a tree to be shrunk: an expression may be replaced by
// another one, and a piece (an element, a binding, a part of a string) may be left out.

export interface Expression {
  readonly role: "expression"
  readonly parts: readonly Part[]
  /** Needs no parentheses wherever it stands. */
  readonly atom: boolean
}

export interface Piece {
  readonly role: "piece"
  readonly parts: readonly Part[]
}

export type Part = string | Expression | Piece

/** An expression that needs parentheses inside most others. */
export function code(strings: TemplateStringsArray, ...holes: (Part | readonly Part[])[]): Expression {
  return { role: "expression", parts: partsOf(strings, holes), atom: false }
}

/** An expression that needs none. */
export function atom(strings: TemplateStringsArray, ...holes: (Part | readonly Part[])[]): Expression {
  return { role: "expression", parts: partsOf(strings, holes), atom: true }
}

export function piece(strings: TemplateStringsArray, ...holes: (Part | readonly Part[])[]): Piece {
  return { role: "piece", parts: partsOf(strings, holes) }
}

/** One word that is no negative number, a string, or what brackets enclose. */
const closed = /^(?:(?!-)\S+|".*"|\[.*\]|\(.*\)|(?:rec )?\{[^:]*\})$/

/** An expression that is nothing but text. */
export function text(source: string): Expression {
  return { role: "expression", parts: [source], atom: closed.test(source) }
}

function partsOf(strings: TemplateStringsArray, holes: readonly (Part | readonly Part[])[]): Part[] {
  return strings.flatMap((string, i) => {
    const hole = holes[i]
    const filled: readonly Part[] = hole === undefined ? [] : Array.isArray(hole) ? hole : [hole as Part]
    return [string, ...filled].filter(part => part !== "")
  })
}

/** Nix source. Parentheses are left out where the text around a hole allows it, so that precedence is tried too. */
export function show(tree: Expression | Piece): string {
  const { parts } = tree
  return parts.map((part, i) => showPart(part, parts[i - 1], parts[i + 1])).join("")
}

/** The same with a line for each binding, so that places are in other lines than the first. */
export function overLines(tree: Expression): Expression {
  return { ...tree, parts: tree.parts.map(partOverLines) }
}

function partOverLines(part: Part): Part {
  if (typeof part === "string") return part.replace(/(?<=[;{]|\bin) /g, "\n  ")
  return { ...part, parts: part.parts.map(partOverLines) }
}

const opensBefore = /(?:(?<![=<>!])= |\$\{|[({:] ?|\b(?:then|else|in|if|assert|with) )$/
const closesAfter = /^(?: ?[;)}]| (?:then|else|in)\b)/

function showPart(part: Part, before: Part | undefined, after: Part | undefined): string {
  if (typeof part === "string") return part
  const shown = show(part)
  if (part.role === "piece" || part.atom) return shown
  const isOpen = typeof before === "string" && opensBefore.test(before)
  const isClosed = after === undefined || (typeof after === "string" && closesAfter.test(after))
  return isOpen && isClosed ? shown : `(${shown})`
}
