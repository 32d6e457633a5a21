// How fast the hand-written parser is: `npm run bench:parse -- DIR` parses every .nix file below DIR, three times, and
// prints megabytes a second of CPU time, the first pass being the one with a cold JIT. Also names the files with problems.

import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { lineColumn, lineStarts } from "../../server/src/base/index.js"
import { parse } from "../../server/src/syntax/parse.js"
import { validate } from "../../server/src/syntax/validate.js"

function nixFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name === ".git" || entry.name === "node_modules" ? [] : nixFiles(path)
    return entry.isFile() && entry.name.endsWith(".nix") ? [path] : []
  })
}

const folder = process.argv[2]
if (folder === undefined) throw new Error("wanted a folder: npm run bench:parse -- DIR")
// Bytes as characters, which is how files reach the evaluator.
const files = nixFiles(folder).map(path => ({ path, text: readFileSync(path, "latin1") }))
const megabytes = files.reduce((sum, file) => sum + file.text.length, 0) / 1e6
console.log(`${files.length} files, ${megabytes.toFixed(1)} MB`)

for (let pass = 1; pass <= 3; pass++) {
  const before = process.cpuUsage()
  const wall = performance.now()
  for (const file of files) parse(file.text)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  const elapsed = (performance.now() - wall) / 1000
  console.log(
    `pass ${pass}: ${seconds.toFixed(2)} s CPU, ${elapsed.toFixed(2)} s elapsed, ${(megabytes / seconds).toFixed(1)} MB/s`,
  )
}

for (const { path, text } of files) {
  const { tree, problems } = parse(text)
  const [problem] = [...problems, ...validate(tree, text)]
  if (problem === undefined) continue
  const { line, column } = lineColumn(lineStarts(text), problem.range.start)
  console.log(`${path}:${line}:${column}: ${problem.message}`)
}
