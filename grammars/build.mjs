// Rebuilds what is committed from grammar.js and src/scanner.c: src/parser.c (by the tree-sitter CLI 0.22, ABI 14, which
// every web-tree-sitter since 0.20 loads) and tree-sitter-nix.wasm (by a clang that is itself WebAssembly, so that no
// compiler has to be on the machine). Both steps give the same bytes on every run.
//
//   npm install && node build.mjs [--check]      in this folder; TREE_SITTER names the CLI if it is not on the PATH
//
// --check writes nothing and fails if the committed files differ. Without the CLI, parser.c is taken as committed.
// built.json records what went in and what came out, so that a test notices, with no tool at hand, a change that was
// not built (test/grammars/wasm.test.ts).
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = dirname(fileURLToPath(import.meta.url))
const generated = ["src/parser.c", "src/node-types.json"]
const wasm = "tree-sitter-nix.wasm"

/** Contents by path of everything that the generator makes, or undefined if there is no tree-sitter CLI. */
function generate() {
  const work = mkdtempSync(join(tmpdir(), "nix-grammar-"))
  try {
    cpSync(join(folder, "grammar.js"), join(work, "grammar.js"))
    writeFileSync(join(work, "package.json"), '{ "type": "commonjs" }')
    const cli = process.env.TREE_SITTER ?? "tree-sitter"
    const run = spawnSync(cli, ["generate", "--abi", "14"], { cwd: work, encoding: "utf8" })
    if (run.error?.code === "ENOENT") return undefined
    if (run.status !== 0) throw new Error(`${cli} generate failed:\n${run.stderr}`)
    const headers = readdirSync(join(work, "src/tree_sitter")).map(name => `src/tree_sitter/${name}`)
    return new Map([...generated, ...headers].map(path => [path, readFileSync(join(work, path))]))
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** The parser and the scanner as one WebAssembly side module. `sources` maps paths to contents. */
async function compile(sources) {
  const { runClang } = await import("@yowasp/clang")
  const flags = "--target=wasm32-wasip1 -fPIC -shared -Os -nostdlib -fvisibility=hidden -Wl,--export=tree_sitter_nix"
  const link = "-Wl,--allow-undefined -Wl,--no-entry -Wl,--strip-all"
  const text = path => new TextDecoder().decode(sources.get(path))
  const headers = [...sources.keys()].filter(path => path.startsWith("src/tree_sitter/"))
  const files = {
    "parser.c": text("src/parser.c"),
    "scanner.c": text("src/scanner.c"),
    tree_sitter: Object.fromEntries(headers.map(path => [path.slice("src/tree_sitter/".length), text(path)])),
  }
  const command = ["clang", ...flags.split(" "), ...link.split(" "), "-I.", "parser.c", "scanner.c", "-o", "out.wasm"]
  const out = await runClang(command, files)
  return Buffer.from(out["out.wasm"])
}

function committed() {
  const headers = readdirSync(join(folder, "src/tree_sitter")).map(name => `src/tree_sitter/${name}`)
  return new Map([...generated, ...headers].map(path => [path, readFileSync(join(folder, path))]))
}

/** The SHA-256 of every source and output, by path. */
function record(sources, outputs) {
  const files = new Map([["grammar.js", readFileSync(join(folder, "grammar.js"))], ...sources, ...outputs])
  const hashes = [...files]
    .map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.from(`${JSON.stringify(Object.fromEntries(hashes), undefined, 2)}\n`)
}

function compare(outputs) {
  const stale = [...outputs].filter(([path, bytes]) => !readFileSync(join(folder, path)).equals(bytes))
  for (const [path] of stale) console.error(`${path} differs from what its sources give`)
  if (stale.length > 0) process.exitCode = 1
  else console.log("parser.c and the wasm are what their sources give")
}

const parser = generate()
if (parser === undefined) console.error("no tree-sitter CLI: keeping the committed src/parser.c")
const outputs = parser ?? committed()
const sources = new Map([...outputs, ["src/scanner.c", readFileSync(join(folder, "src/scanner.c"))]])
outputs.set(wasm, await compile(sources))
outputs.set("built.json", record(sources, outputs))
if (process.argv.includes("--check")) compare(outputs)
else {
  for (const [path, bytes] of outputs) writeFileSync(join(folder, path), bytes)
  console.log(`wrote ${[...outputs.keys()].join(", ")}`)
}
