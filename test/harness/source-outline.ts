// Reads TypeScript just well enough to measure functions and to find imports, without a compiler: TypeScript 7 has no JavaScript API,
// and the architecture test should not need a package for counting braces.
//
// `mask` blanks out comments and the insides of strings, templates and regular expressions, so that what is left can be
// searched without being fooled by text. Offsets and lines stay the same.

/** One import of a module by another, however it is written. */
export interface ImportSite {
  readonly line: number
  /** Undefined when the target is computed. */
  readonly target: string | undefined
  readonly kind: "static" | "dynamic"
  /** `import type`, or nothing but `type` specifiers: gone at run time. */
  readonly typeOnly: boolean
}

export interface FunctionSite {
  readonly name: string
  readonly line: number
  readonly lines: number
}

const staticImport = /^[ \t]*(import|export)\b([^;"'`]*?)\bfrom\s*["']|^[ \t]*import\s*["']/gm
const dynamicImport = /\b(?:import|require|require\.resolve)\s*\(\s*/g

/** All imports of a source, in order of kind and place. */
export function importsOf(source: string): ImportSite[] {
  const masked = mask(source)
  const statics = [...masked.matchAll(staticImport)].map((match): ImportSite => {
    const clause = match[2] ?? ""
    return {
      line: lineAt(source, match.index + match[0].length),
      target: stringAt(source, match.index + match[0].length - 1),
      kind: "static",
      typeOnly: isTypeOnly(clause),
    }
  })
  const dynamics = [...masked.matchAll(dynamicImport)]
    .filter(match => !/\.\s*$/.test(masked.slice(0, match.index)) && !isMethod(masked, match))
    .map((match): ImportSite => {
      const start = match.index + match[0].length
      const typeOnly = /\btypeof\s+$/.test(masked.slice(0, match.index))
      return { line: lineAt(source, start), target: stringAt(source, start), kind: "dynamic", typeOnly }
    })
  return [...statics, ...dynamics]
}

/** A method that is called `import`: its parameters have types. */
function isMethod(masked: string, match: RegExpExecArray): boolean {
  return /^(?:\)|\w+\??\s*:)/.test(masked.slice(match.index + match[0].length))
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b(?!\s*,)/.test(clause)) return true
  const names = /^\s*\{([^}]*)\}\s*$/
    .exec(clause)?.[1]
    .split(",")
    .filter(name => name.trim() !== "")
  return names !== undefined && 0 < names.length && names.every(name => /^\s*type\s/.test(name))
}

/** The text of the string literal that starts at `start`; undefined when there is none or it is computed. */
function stringAt(source: string, start: number): string | undefined {
  const quote = source[start]
  if (quote !== '"' && quote !== "'" && quote !== "`") return undefined
  const text = source.slice(start + 1, source.indexOf(quote, start + 1))
  return quote === "`" && text.includes("$" + "{") ? undefined : text
}

// Functions with a body in braces; an arrow without braces is one expression and measured with what holds it.
const functionHead =
  /(?:\bfunction\s*\*?\s*(?<fn>\w*)|(?:^|\n)[ \t]+(?:(?:private|protected|public|static|override|async|readonly|get|set)\s+)*\*?(?<method>[\w$]+)(?=\s*(?:<[^>()]*>)?\())|(?<arrow>=>)\s*(?=\{)/g

/** Functions of a source and how many lines each has, nested ones too. */
export function functionsOf(source: string): FunctionSite[] {
  const masked = mask(source)
  return [...masked.matchAll(functionHead)].flatMap(match => {
    const { fn, method, arrow } = match.groups ?? {}
    const keyword = /^(?:if|for|while|switch|catch|return|super|await|throw|new|import|typeof|else|do)$/
    if (method !== undefined && keyword.test(method)) return []
    const end = match.index + match[0].length
    const open = arrow === undefined ? bodyAfterParameters(masked, end) : masked.indexOf("{", end)
    if (open === undefined) return []
    const close = matching(masked, open)
    const line = lineAt(source, end)
    return [{ name: fn || method || "=>", line, lines: lineAt(source, close) - line + 1 }]
  })
}

/** Where the body's brace opens behind a parameter list and an optional return type. */
function bodyAfterParameters(masked: string, from: number): number | undefined {
  const parameters = masked.indexOf("(", from)
  if (parameters < 0) return undefined
  let at = matching(masked, parameters) + 1
  const annotated = /^\s*:/.test(masked.slice(at, at + 40))
  for (; at < masked.length; at++) {
    const character = masked[at]
    if (character === "{" && !(annotated && /[:|&<,]\s*$/.test(masked.slice(0, at)))) return at
    if (character === "{" || character === "(" || character === "[") at = matching(masked, at)
    else if (character === ";" || character === ")" || character === "}" || character === ",")
      return undefined
    else if (character === "\n" && !/^\s*[{|&:=]|^\s*\w/.test(masked.slice(at + 1, at + 80))) return undefined
    else if (!annotated && !/\s/.test(character)) return undefined
  }
  return undefined
}

function matching(masked: string, open: number): number {
  let depth = 0
  for (let at = open; at < masked.length; at++) {
    const character = masked[at]
    if (character === "(" || character === "[" || character === "{") depth++
    else if (character === ")" || character === "]" || character === "}") {
      depth--
      if (depth === 0) return at
    }
  }
  return masked.length - 1
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length
}

/** `source` with blanks for comments and for what is inside of strings, templates and regular expressions. */
function mask(source: string): string {
  const out = source.split("")
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (out[at] !== "\n") out[at] = " "
  }
  /** Braces open in the code of templates: at a depth in this list, `}` goes back to template text. */
  const templates: number[] = []
  let depth = 0
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at, at + 2)
    const character = source[at]
    if (rest === "//") at = skip(/\n|$/g, 0)
    else if (rest === "/*") at = skip(/\*\//g, 2)
    else if (character === '"' || character === "'") at = skipString(character)
    else if (character === "`") at = skipTemplate(at + 1)
    else if (character === "/" && startsRegExp(out, at)) at = skipRegExp()
    else if (character === "}" && templates.at(-1) === depth) {
      templates.pop()
      blank(at, at + 1)
      at = skipTemplate(at + 1)
    } else {
      if (character === "{") depth++
      if (character === "}") depth--
      at++
    }
  }
  return out.join("")

  function skip(end: RegExp, length: number): number {
    end.lastIndex = at + length
    const found = end.exec(source)
    const to = found === null ? source.length : found.index + length
    blank(at, to)
    return to
  }

  function skipString(quote: string): number {
    let to = at + 1
    while (to < source.length && source[to] !== quote) to += source[to] === "\\" ? 2 : 1
    blank(at + 1, to)
    return to + 1
  }

  function skipTemplate(from: number): number {
    let to = from
    while (to < source.length && source[to] !== "`" && source.slice(to, to + 2) !== "$" + "{")
      to += source[to] === "\\" ? 2 : 1
    blank(from, to)
    if (source[to] !== "$") return to + 1
    blank(to, to + 2)
    templates.push(depth)
    return to + 2
  }

  function skipRegExp(): number {
    let to = at + 1
    let inClass = false
    while (to < source.length && (inClass || source[to] !== "/") && source[to] !== "\n") {
      if (source[to] === "[") inClass = true
      if (source[to] === "]") inClass = false
      to += source[to] === "\\" ? 2 : 1
    }
    blank(at + 1, to)
    return to + 1
  }
}

/** A slash divides behind a value and starts a regular expression elsewhere. */
function startsRegExp(before: readonly string[], at: number): boolean {
  const text = before
    .slice(Math.max(0, at - 40), at)
    .join("")
    .trimEnd()
  return (
    text === "" || /(?:[=(,:;!&|?{}[+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw))$/.test(text)
  )
}
