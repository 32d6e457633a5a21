// Enforces the house plan (server/ARCHITECTURE.md): who may import whom, how long a file may be, how it begins, and what it must not
// be called.
//
// Imports are read from the texts of the sources, so that types count as well: a layer that knows the types of another layer knows
// that layer.

import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join, relative, resolve, sep } from "node:path"
import { functionsOf, type ImportSite, importsOf } from "./harness/source-outline.js"

const repository = dirname(__dirname)

/** What each layer may import besides itself. Entries (files and folders beside the layers) may import anything. */
const layers: Readonly<Record<string, readonly string[]>> = {
  base: [],
  syntax: ["base"],
  store: ["base"],
  eval: ["base", "syntax", "store"],
  modules: ["base", "eval"],
  fleet: ["base", "syntax", "store", "eval", "modules"],
  deploy: ["base", "fleet"],
  ide: ["base", "syntax", "eval", "modules", "fleet"],
  lsp: ["base", "ide", "fleet", "deploy"],
}

/** The entry points and what they are made of. */
const entries = [
  "start.ts",
  "main.ts",
  "worker-start.ts",
  "worker.ts",
  "fetcher.ts",
  "boot.ts",
  "cli.ts",
  "cli",
  "machine",
  "fetch",
  "build",
]

/** Starts the server, so it may import what is for entries. */
const clientEntry = "client/src/start.ts"

/** Packages that one layer alone may import. A name with a star stands for all that start like it. */
const ownedPackages: readonly (readonly [name: string, owner: string])[] = [
  ["web-tree-sitter", "syntax"],
  ["node:crypto", "store"],
  ["node:child_process", "deploy"],
  ["vscode-languageserver*", "lsp"],
  ["vscode", "client"],
  ["vscode-languageclient*", "client"],
]

/** Modules without effects, for everyone. All others (files, threads, network) are for the entries. */
const purePackages = [
  "node:path",
  "node:path/posix",
  "node:url",
  "node:util",
  "node:buffer",
  "node:zlib",
  "node:perf_hooks",
]

const lineLimit = 800
/** Data tables may be longer; each is named here. */
const longFiles: readonly string[] = []
const functionLimit = 60
/** Words that say nothing. `home-manager` is a program's name. */
const bannedWords = /(?:^|[-.])(?<!home-)(?:utils?|helpers?|common|managers?)(?=[-.]|$)/i

interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

const program = ["client/src", "server/src"].flatMap(sourcesIn)
const everything = [...program, ...["test", "scripts"].flatMap(sourcesIn)]

describe("the architecture", () => {
  it("has the layers of the plan and nothing beside them", () => {
    const allowed = new Set([...Object.keys(layers), ...entries])
    assert.deepEqual(
      readdirSync(join(repository, "server/src")).filter(name => !allowed.has(name)),
      [],
    )
  })

  it("is imported in one direction, and across folders by index only", () => {
    assertNone(
      program.flatMap(source => importsOf(source.text).flatMap(site => wrongImport(source.path, site))),
    )
  })

  it("opens every file with a paragraph that says what it is", () => {
    assertNone(everything.filter(({ text }) => openingWords(text) < 5).map(({ path }) => path))
  })

  it(`keeps files to ${lineLimit} lines`, () => {
    const long = everything.filter(source => lineLimit < linesOf(source) && !longFiles.includes(source.path))
    assertNone(long.map(source => `${source.path}: ${linesOf(source)} lines`))
  })

  it("names files for what is in them", () => {
    assertNone(everything.filter(({ path }) => bannedWords.test(basename(path))).map(({ path }) => path))
  })

  it("gives the client no state of its own", () => {
    const exported = program.filter(
      ({ path, text }) => path.startsWith("client/") && /^export let\b/m.test(text),
    )
    assertNone(exported.map(({ path }) => path))
  })

  after(() => process.stdout.write(sizeReport()))
})

describe("the reader of imports", () => {
  const wrong = (path: string, text: string) => importsOf(text).flatMap(site => wrongImport(path, site))

  it("sees imports in every form", () => {
    const text = [
      'import a from "./a.js"',
      'import {\n  type B,\n  c,\n} from "./c.js"',
      'import "./d.js"',
      'export type * from "./e.js"',
      'export { type F } from "./f.js"',
      'const g = await import("./g.js")',
      "const h = require('./h.js')",
      "const i = await import(name)",
      'type J = typeof import("./j.js")',
      '// import k from "./k.js"',
      'const l = `import m from "./m.js"${n("}")} import(\'./o.js\')`',
      'object.require("./p.js")',
    ].join("\n")
    assert.deepEqual(
      importsOf(text).map(({ target, typeOnly }) => `${target}${typeOnly ? " (type)" : ""}`),
      [
        "./a.js",
        "./c.js",
        "./d.js",
        "./e.js (type)",
        "./f.js (type)",
        "./g.js",
        "./h.js",
        "undefined",
        "./j.js (type)",
      ],
    )
  })

  it("refuses what the plan refuses", () => {
    const refused: [path: string, text: string][] = [
      ["server/src/base/a.ts", 'import { x } from "../syntax/index.js"'],
      ["server/src/eval/a.ts", 'import type { x } from "../modules/index.js"'],
      ["server/src/eval/a.ts", 'import { x } from "../syntax/lex.js"'],
      ["server/src/eval/builtins/a.ts", 'const x = await import("../../fleet/index.js")'],
      ["server/src/eval/a.ts", 'const x = require("node:fs")'],
      ["server/src/eval/a.ts", 'import { x } from "../cli.js"'],
      ["server/src/fleet/a.ts", 'import { spawn } from "node:child_process"'],
      ["server/src/ide/a.ts", 'import type { Range } from "vscode-languageserver-types"'],
      ["server/src/ide/a.ts", 'import leftPad from "left-pad"'],
      ["server/src/ide/a.ts", "const x = await import(name)"],
      ["client/src/a.ts", 'import { log } from "../../server/src/base/index.js"'],
      ["client/src/a.ts", 'import { x } from "../../server/src/lsp/protocol.js"'],
    ]
    assert.deepEqual(
      refused.filter(([path, text]) => wrong(path, text).length !== 1),
      [],
    )
  })

  it("allows what the plan allows", () => {
    const allowed: [path: string, text: string][] = [
      ["server/src/eval/builtins/a.ts", 'import { x } from "../value.js"'],
      ["server/src/eval/builtins/a.ts", 'import { x } from "../../store/index.js"'],
      ["server/src/lsp/a.ts", 'import { x } from "vscode-languageserver-textdocument"'],
      ["server/src/ide/a.ts", 'import { join } from "node:path"'],
      ["server/src/main.ts", 'import { x } from "./lsp/index.js"'],
      ["server/src/main.ts", 'import { readFileSync } from "node:fs"'],
      ["client/src/a.ts", 'import type { x } from "../../server/src/lsp/protocol.js"'],
    ]
    assert.deepEqual(
      allowed.flatMap(([path, text]) => wrong(path, text)),
      [],
    )
  })

  it("measures functions by their braces", () => {
    const text = [
      "function a(x: { y: number }): { z: string } {",
      "  const text = `}${x.y}{`",
      "  return { z: text }",
      "}",
      "class B {",
      "  private async c(",
      "    d: string,",
      "  ): Promise<void> {",
      "    if (/[{]/.test(d)) e(() => {",
      "      f()",
      "    })",
      "  }",
      "}",
    ].join("\n")
    assert.deepEqual(
      functionsOf(text).map(({ name, line, lines }) => [name, line, lines]),
      [
        ["a", 1, 4],
        ["c", 6, 7],
        ["=>", 9, 3],
      ],
    )
  })
})

/** Why an import is against the plan; empty when it is not. */
function wrongImport(path: string, site: ImportSite): string[] {
  const why = path.startsWith("client/") ? wrongInClient(path, site) : wrongInServer(path, site)
  return why === undefined ? [] : [`${path}:${site.line}: ${why}`]
}

function wrongInClient(path: string, { target, typeOnly }: ImportSite): string | undefined {
  if (target === undefined) return "imports a module whose name is computed"
  if (!target.startsWith(".")) return path === clientEntry ? undefined : wrongPackage("client", target)
  const file = targetOf(path, target)
  if (file.startsWith("client/src/")) return undefined
  if (file !== "server/src/lsp/protocol.ts") return `imports ${file}`
  return typeOnly ? undefined : "imports more than types from the server"
}

function wrongInServer(path: string, { target }: ImportSite): string | undefined {
  const layer = layerOf(path)
  if (layer === undefined) return undefined
  if (target === undefined) return "imports a module whose name is computed"
  if (!target.startsWith(".")) return wrongPackage(layer, target)
  const file = targetOf(path, target)
  const other = layerOf(file)
  if (other === layer) return undefined
  if (other === undefined) return `layer ${layer} imports ${file}, which is outside the layers`
  if (!layers[layer].includes(other)) return `layer ${layer} may not import ${other}`
  return file === `server/src/${other}/index.ts` ? undefined : `imports ${file} past the index of ${other}`
}

function wrongPackage(layer: string, name: string): string | undefined {
  if (purePackages.includes(name)) return undefined
  const owned = ownedPackages.find(([pattern]) =>
    pattern.endsWith("*")
      ? name.startsWith(pattern.slice(0, -1))
      : name === pattern || name.startsWith(`${pattern}/`),
  )
  if (owned === undefined) return `imports ${name}, which is for the entries`
  return owned[1] === layer ? undefined : `imports ${name}, which is for ${owned[1]}`
}

/** The layer of a file below server/src, undefined for an entry. */
function layerOf(path: string): string | undefined {
  const [server, src, folder, ...rest] = path.split("/")
  return server === "server" && src === "src" && 0 < rest.length && folder in layers ? folder : undefined
}

function targetOf(path: string, target: string): string {
  const file = relative(repository, resolve(repository, dirname(path), target))
    .split(sep)
    .join("/")
  return file.replace(/\.js$/, ".ts")
}

function sourcesIn(folder: string): Source[] {
  const skipped = /(?:^|\/)(?:node_modules|\.work|argon2-stub)\//
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .map(name => `${folder}/${name.split(sep).join("/")}`)
    .filter(path => /\.(?:ts|mjs)$/.test(path) && !skipped.test(path))
    .sort()
    .map(path => ({ path, text: readFileSync(join(repository, path), "utf8") }))
}

function linesOf({ text }: Source): number {
  return text.trimEnd().split("\n").length
}

/** Words of the comment at the very top. */
function openingWords(text: string): number {
  const opening = /^(?:#!.*\n)?((?:\/\/.*\n)+|\/\*[\s\S]*?\*\/)/.exec(text)?.[1] ?? ""
  return opening.split(/\s+/).filter(word => /\w/.test(word)).length
}

function assertNone(complaints: readonly string[]): void {
  assert.equal(complaints.length, 0, `\n${complaints.join("\n")}`)
}

function sizeReport(): string {
  const sizes = program.map(linesOf).sort((a, b) => a - b)
  const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]
  const functions = program.flatMap(({ path, text }) => functionsOf(text).map(site => ({ path, ...site })))
  const lengths = functions.map(({ lines }) => lines).sort((a, b) => a - b)
  const long = functions.filter(({ lines }) => functionLimit < lines)
  return [
    `    ${sizes.length} files: median ${at(0.5)} lines, p90 ${at(0.9)}, max ${at(1)}`,
    `    ${lengths.length} functions: median ${lengths[Math.floor(lengths.length / 2)]} lines, ${long.length} longer than ${functionLimit}`,
    ...long.map(({ path, line, name, lines }) => `      ${path}:${line} ${name}: ${lines} lines`),
    "",
  ].join("\n")
}
