// The grammar loads from a CommonJS bundle made as scripts/build.mjs makes them. Bundled from its ESM entry,
// web-tree-sitter dies at start while every test on sources stays green.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { buildSync } from "esbuild"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { grammarFiles } from "./grammar-files.js"

const root = join(__dirname, "../..")

const program = `
import { loadGrammar } from "./server/src/syntax/index.js"
void loadGrammar(${JSON.stringify(grammarFiles)}).then(grammar => {
  console.log(grammar.treeOf("1 + 1").rootNode.toString())
})
`

describe("the grammar in a bundle", () => {
  it("loads and parses", () => {
    const script = readFileSync(join(root, "scripts/build.mjs"), "utf8")
    assert.match(script, /alias: \{ "web-tree-sitter": require\.resolve\("web-tree-sitter"\) \}/)
    const outfile = join(temporaryFolder("bundle"), "program.js")
    buildSync({
      stdin: { contents: program, resolveDir: root },
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
    })
    const tree = execFileSync(process.execPath, [outfile], { encoding: "utf8" })
    assert.match(tree, /^\(source_file expression: \(binary left: \(integer\) right: \(integer\)\)\)\n$/)
  })
})
