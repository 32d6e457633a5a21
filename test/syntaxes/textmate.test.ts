// The TextMate grammar, run by the engine of VS Code, on samples.txt: below a line of Nix, `^^^ scope` says that what
// stands above the carets has that scope (the ending `.nix` left off), `^^^ -scope` that it has not.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma"
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate"

const folder = join(__dirname, "../../syntaxes")

// Stands for VS Code's own shell grammar; its string and here-document stay open when the text does not close them.
const shell = `{ "scopeName": "source.shell", "patterns": [
  { "name": "keyword.shell", "match": "\\\\b(echo|make)\\\\b" },
  { "name": "string.heredoc.shell", "begin": "<<(\\\\w+)", "end": "^\\\\1$" },
  { "name": "string.quoted.shell", "begin": "'", "end": "'" } ] }`

async function loadGrammar(): Promise<IGrammar> {
  await loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")))
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async scope =>
      scope === "source.shell"
        ? parseRawGrammar(shell, "shell.json")
        : parseRawGrammar(readFileSync(join(folder, "nix.tmLanguage.json"), "utf8"), "nix.json"),
  })
  const grammar = await registry.loadGrammar("source.nix")
  assert(grammar !== null)
  return grammar
}

/** Scopes of every character, line by line. */
function scopesOf(grammar: IGrammar, lines: readonly string[]): string[][][] {
  let stack = INITIAL
  return lines.map(line => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack)
    stack = ruleStack
    return [...line].map((_, at) => tokens.find(token => at < token.endIndex)?.scopes ?? [])
  })
}

/** Checks the marks of `sample`: lines of blanks, `^` and one scope. */
function check(grammar: IGrammar, sample: string): void {
  const isMark = (line: string) => /^\s*\^+ \S+$/.test(line)
  const lines = sample.split("\n")
  const code = lines.filter(line => !isMark(line))
  const scopes = scopesOf(grammar, code)
  let row = -1
  for (const line of lines) {
    if (!isMark(line)) {
      row++
      continue
    }
    const wanted = line.slice(line.lastIndexOf("^") + 2)
    for (let at = line.indexOf("^"); at <= line.lastIndexOf("^"); at++) {
      const found = (scopes[row][at] ?? []).map(scope => scope.replace(/\.nix$/, ""))
      const place = `'${code[row][at]}' of '${code[row]}' is ${found.join(" ")}`
      if (wanted.startsWith("-")) assert(!found.includes(wanted.slice(1)), place)
      else assert(found.includes(wanted), `${place}, wanted ${wanted}`)
    }
  }
}

/** Title and text of each sample: a line `=== title`, then lines of Nix and marks. */
const samples = readFileSync(join(__dirname, "samples.txt"), "utf8")
  .split(/^=== /m)
  .slice(1)
  .map(sample => ({
    title: sample.slice(0, sample.indexOf("\n")),
    text: sample.slice(sample.indexOf("\n") + 1).trimEnd(),
  }))

interface LanguageConfiguration {
  readonly wordPattern: string
  readonly indentationRules: Readonly<Record<string, string>>
  readonly onEnterRules: readonly { readonly beforeText: string; readonly afterText?: string }[]
}

describe("the TextMate grammar", () => {
  let grammar: IGrammar
  before(async () => {
    grammar = await loadGrammar()
  })
  for (const { title, text } of samples) it(title, () => check(grammar, text))
})

describe("the language configuration", () => {
  const text = readFileSync(join(folder, "language-configuration.json"), "utf8")
  const configuration: LanguageConfiguration = JSON.parse(text)
  const rule = (name: string) => new RegExp(configuration.indentationRules[name])

  it("takes names for words as Nix does", () => {
    const words = 'a-b\' _c1.d "e" 1.5'.match(new RegExp(configuration.wordPattern, "g"))
    assert.deepEqual(words, ["a-b'", "_c1", "d", "e", "1.5"])
  })

  it("indents behind what opens and not behind what closes", () => {
    const opens = ["{", "a = {", "f [", "(x:", "b = ''", "let", "rec {", "in", "x = { # why"]
    const others = ["};", "a = 1;", "a ''b'';", "# {", "inherit a;", "  foo''"]
    const increase = rule("increaseIndentPattern")
    assert.deepEqual(
      opens.filter(line => !increase.test(line)),
      ["(x:"],
    )
    assert.deepEqual(
      others.filter(line => increase.test(line)),
      [],
    )
    const decrease = rule("decreaseIndentPattern")
    assert.deepEqual(
      ["}", "  ];", "'';", "in", "in'", "''${a}", "a }", "inherit"].filter(line => decrease.test(line)),
      ["}", "  ];", "'';", "in"],
    )
  })

  it("indents one line behind an equals sign", () => {
    const next = rule("indentNextLinePattern")
    assert.deepEqual(
      ["a =", "a = b", "a ==", "if b then", "else", "c = 1;"].filter(line => next.test(line)),
      ["a =", "if b then", "else"],
    )
  })

  it("opens a line between two quotes, and in a documentation comment", () => {
    const matching = (before: string, after: string) =>
      configuration.onEnterRules.some(
        ({ beforeText, afterText }) =>
          new RegExp(beforeText).test(before) && new RegExp(afterText ?? "").test(after),
      )
    assert.ok(matching("  a = ''", "'';"))
    assert.ok(matching("/** a", "*/"))
    assert.ok(!matching("a = b''", "c"))
  })
})
