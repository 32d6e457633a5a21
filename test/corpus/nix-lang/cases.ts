// Nix's own language tests as they lie in its repository (tests/functional/lang): which there are, how its script calls
// Nix for each, and what it expects. Texts are bytes, one per character.

import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import type { Lint, LintLevel } from "../../../server/src/eval/index.js"

export type CaseKind = "parse-okay" | "parse-fail" | "eval-okay" | "eval-fail"

export interface LangCase {
  readonly name: string
  readonly kind: CaseKind
  readonly file: string
  /** What stdout holds, except for `parse-okay`, where it is the tree in a form of Nix's own. */
  readonly output: string | undefined
  /** What stderr holds. */
  readonly errors: string | undefined
  /** Whether the output is XML. */
  readonly xml: boolean
  readonly flags: CaseFlags
}

/** What the flags of a case ask for. */
export interface CaseFlags {
  readonly trace: boolean
  readonly searchPath: readonly { prefix: string; path: string }[]
  readonly args: readonly { name: string; kind: "expression" | "string"; text: string }[]
  readonly attr: string
  readonly lints: Readonly<Partial<Record<Lint, LintLevel>>>
  readonly features: readonly string[]
  readonly maxCallDepth: number | undefined
}

/** The cases of a folder, sorted by name; those that Nix's script leaves out are left out. */
export function langCases(folder: string): LangCase[] {
  return readdirSync(folder)
    .filter(name => /^(parse|eval)-(okay|fail)-.*\.nix$/.test(name))
    .map(name => name.slice(0, -".nix".length))
    .filter(name => !existsSync(join(folder, `${name}.exp-disabled`)))
    .sort()
    .map(name => readCase(folder, name))
}

function readCase(folder: string, name: string): LangCase {
  const read = (ending: string) => textAt(join(folder, `${name}.${ending}`))
  const xml = read("exp.xml")
  return {
    name,
    kind: /^\w+-\w+/.exec(name)?.[0] as CaseKind,
    file: join(folder, `${name}.nix`),
    output: xml ?? read("exp"),
    errors: read("err.exp"),
    xml: xml !== undefined,
    flags: readFlags(folder, name, read("flags")),
  }
}

function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "latin1") : undefined
}

/** The script runs in the folder above; without flags of its own, a case that fails shows its whole trace. */
function readFlags(folder: string, name: string, text: string | undefined): CaseFlags {
  const words = (text ?? "").trim().split(/\s+/)
  const at = (path: string) => resolve(dirname(folder), path)
  const after = (flag: string) => words.flatMap((word, i) => (word === flag ? [words[i + 1]] : []))
  const pairs = (flag: string) =>
    words.flatMap((word, i) => (word === flag ? [[words[i + 1], words[i + 2]]] : []))
  const argument =
    (kind: "expression" | "string") =>
    ([argName, value]: string[]) => ({ name: argName, kind, text: value })
  const ownPath = name.startsWith("eval-okay-") ? ["lang/dir3", "lang/dir4"] : []
  return {
    trace: !words.includes("--no-show-trace"),
    searchPath: [...after("-I"), ...ownPath].map(entry => {
      const [path, prefix = ""] = entry.split("=").reverse()
      return { prefix, path: at(path) }
    }),
    args: [...pairs("--arg").map(argument("expression")), ...pairs("--argstr").map(argument("string"))],
    attr: after("-A")[0] ?? "",
    lints: Object.fromEntries(words.flatMap(lintSetting)),
    features: after("--extra-experimental-features"),
    maxCallDepth: after("--max-call-depth").map(Number)[0],
  }
}

function lintSetting(word: string, at: number, words: readonly string[]): [string, string][] {
  return word.startsWith("--lint-") ? [[word.slice("--lint-".length), words[at + 1]]] : []
}
