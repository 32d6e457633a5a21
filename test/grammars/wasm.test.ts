// The committed tree-sitter-nix.wasm is the grammar that is committed beside it: no source changed since it was built, it
// loads, its nodes are those of src/node-types.json, it parses, and the queries fit it. (`node grammars/build.mjs --check`
// builds and compares bytes, but wants a clang.)

import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type Grammar, loadGrammar } from "../../server/src/syntax/index.js"
import { grammarFiles, grammarFolder } from "./grammar-files.js"

interface NodeType {
  readonly type: string
  readonly named: boolean
  readonly subtypes?: unknown
}

/** Captures of a query over `source`, one a line: its name, then what it took. */
async function captures(grammar: Grammar, query: string, source: string): Promise<string[]> {
  // Imported as loadGrammar does: two copies of the runtime know nothing of each other.
  const { Query } = await import("web-tree-sitter")
  const compiled = new Query(grammar.language, readFileSync(join(grammarFolder, "queries", query), "utf8"))
  const tree = grammar.treeOf(source)
  const found = compiled.captures(tree.rootNode).map(({ name, node }) => `${name} ${node.text}`)
  tree.delete()
  compiled.delete()
  return found
}

describe("the committed grammar", () => {
  let grammar: Grammar
  before(async () => {
    grammar = await loadGrammar(grammarFiles)
  })

  it("was built from the sources that are committed", () => {
    const built: Record<string, string> = JSON.parse(readFileSync(join(grammarFolder, "built.json"), "utf8"))
    const found = Object.keys(built).map(path => {
      const bytes = readFileSync(join(grammarFolder, path))
      return [path, createHash("sha256").update(bytes).digest("hex")]
    })
    assert.deepEqual(Object.fromEntries(found), built, "run `npm run build:grammar`")
    for (const source of ["grammar.js", "src/scanner.c", "src/parser.c", "tree-sitter-nix.wasm"])
      assert.ok(source in built, source)
  })

  it("has ABI 14, which every web-tree-sitter since 0.20 loads", () => {
    assert.equal(grammar.language.abiVersion, 14)
  })

  it("knows the nodes of node-types.json and no others", () => {
    const text = readFileSync(join(grammarFolder, "src/node-types.json"), "utf8")
    const types: NodeType[] = JSON.parse(text)
    const wanted = types
      .filter(type => type.subtypes === undefined)
      .map(({ type, named }) => `${type} ${named}`)
    const { language } = grammar
    const found = language.types.flatMap((type, id) =>
      language.nodeTypeIsVisible(id) && type !== "end" ? [`${type} ${language.nodeTypeIsNamed(id)}`] : [],
    )
    assert.deepEqual([...new Set(found)].sort(), wanted.sort())
  })

  it("parses without an error, and says where one is", () => {
    const good = grammar.treeOf("{ lib, ... }: { a = ''${lib.b or ./c}''; }")
    assert.equal(good.rootNode.hasError, false)
    const bad = grammar.treeOf("{ a = ; }")
    assert.equal(bad.rootNode.hasError, true)
    good.delete()
    bad.delete()
  })

  it("has queries that fit", async () => {
    const queries = readdirSync(join(grammarFolder, "queries"))
    assert.deepEqual(queries.sort(), ["folds.scm", "highlights.scm", "injections.scm", "locals.scm"])
    for (const query of queries) assert.ok((await captures(grammar, query, everything)).length > 0, query)
  })

  it("highlights names by what they are", async () => {
    const found = await captures(
      grammar,
      "highlights.scm",
      "{ a, ... }: { f = x: map x a.b; g = builtins.length true; }",
    )
    for (const wanted of [
      "variable.parameter a",
      "function f",
      "function.builtin map",
      "property b",
      "property g",
      "module.builtin builtins",
      "function.builtin length",
      "constant.builtin true",
    ])
      assert.ok(found.includes(wanted), `${wanted} in ${found.join(", ")}`)
  })

  it("finds what defines a name and what uses it", async () => {
    const found = await captures(grammar, "locals.scm", "let a = b; in c: rec { d = a; inherit e; }")
    assert.deepEqual(found.sort(), [
      "local.definition.field d",
      "local.definition.field e",
      "local.definition.parameter c",
      "local.definition.var a",
      "local.reference a",
      "local.reference b",
      "local.scope c: rec { d = a; inherit e; }",
      "local.scope let a = b; in c: rec { d = a; inherit e; }",
      "local.scope rec { d = a; inherit e; }",
    ])
  })

  it("folds sets, lists and strings", async () => {
    assert.deepEqual(await captures(grammar, "folds.scm", "{ a = [ ]; b = ''c''; }"), [
      "fold { a = [ ]; b = ''c''; }",
      "fold [ ]",
      "fold ''c''",
    ])
  })

  it("finds shell code in the phases of a build", async () => {
    const source = "{ buildPhase = ''make ${x} all''; description = ''no shell''; }"
    const found = await captures(grammar, "injections.scm", source)
    assert.deepEqual(
      found.filter(capture => capture.startsWith("injection.content")),
      ["injection.content make ", "injection.content  all"],
    )
  })
})

const everything = `
# comment
{ a, b ? 1, ... }@c:
let d = rec { inherit (a) e; f = [ 1 2.5 "g\\n\${e}" ./h <i> j:k ]; }; in
with d; assert !a ? b; if a.b or c then { buildPhase = ''make ''; } else let { body = -1 + 2; }
`
