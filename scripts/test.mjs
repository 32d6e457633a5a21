// `npm test`: everything that can be tested without a browser. `npm test -- hover` runs only the test files with this word in their
// path, without building first. Options of mocha (`-g 'a title'`) may follow or stand alone.
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

const given = process.argv.slice(2)
const words = given.filter((_, i) => given.slice(0, i + 1).every(argument => !argument.startsWith("-")))
const options = given.slice(words.length)

/** Runs a program that npm put on the path, and ends this process if it fails. */
function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: "inherit", shell: process.platform === "win32" })
  if (status !== 0) process.exit(status ?? 1)
}

/** Test files that need neither a browser nor a whole nixpkgs. */
function testFiles() {
  return readdirSync("test", { recursive: true })
    .filter(file => file.endsWith(".test.ts") && !file.startsWith("e2e"))
    .map(file => join("test", file))
    .sort()
}

if (given.length === 0) {
  run("node", ["scripts/build.mjs"])
  run("tsc", ["--noEmit"])
  run("biome", ["check", "."])
  run("mocha", [])
} else if (words.length === 0) run("mocha", options)
else {
  const files = testFiles().filter(file => words.some(word => file.includes(word)))
  if (files.length === 0) {
    console.error(`no test file has ${words.map(word => `'${word}'`).join(" or ")} in its path`)
    process.exit(1)
  }
  run("mocha", ["--no-config", "-r", "tsx/cjs", "--timeout", "60000", "--exit", ...options, ...files])
}
