// Both parsers over a whole tree of Nix files: `CANOPY_NIXPKGS=DIR npm run test:parity`. Prints what was parsed and how
// long it took; fails if a file is refused or if the parsers differ in one node or range.

import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { type Grammar, loadGrammar } from "../../server/src/syntax/index.js"
import { grammarFiles } from "../grammars/grammar-files.js"
import { agree, verdicts } from "../syntax/parity.js"

interface Tally {
  parsed: number
  characters: number
  readonly refused: string[]
  readonly different: string[]
}

function nixFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory() && entry.name.endsWith(".nix"))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile())
}

function compare(grammar: Grammar, path: string, tally: Tally): void {
  const text = readFileSync(path, "utf8")
  const both = verdicts(grammar, text)
  tally.parsed++
  tally.characters += text.length
  if (both.treeSitter === undefined || both.handWritten === undefined) tally.refused.push(path)
  if (!agree(both)) tally.different.push(path)
}

async function main(): Promise<void> {
  const folder = process.env.CANOPY_NIXPKGS
  if (folder === undefined) throw new Error("wanted CANOPY_NIXPKGS=DIR, a folder of Nix files")
  const files = nixFiles(folder)
  const grammar = await loadGrammar(grammarFiles)
  const tally: Tally = { parsed: 0, characters: 0, refused: [], different: [] }
  const start = performance.now()
  for (const file of files) compare(grammar, file, tally)
  const seconds = (performance.now() - start) / 1000
  console.log(`${tally.parsed} files, ${(tally.characters / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s`)
  console.log(`refused by a parser: ${tally.refused.length}`, ...tally.refused.slice(0, 20))
  console.log(`parsers differ: ${tally.different.length}`, ...tally.different.slice(0, 20))
  if (tally.parsed === 0 || tally.refused.length + tally.different.length > 0) process.exitCode = 1
}

void main()
