// The command line's start: loads the program itself (cli.ts) with the machine code that V8 made of it in an earlier run.
//
// Code that is loaded in this way cannot `import()` what it needs while it runs: the bundle has `require` in its place.
//
// Compiling what `canopy eval` of one package runs takes a tenth of its time, in two threads. V8 refuses what another
// version or other flags made, so an old file costs nothing but being made again.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { Script } from "node:vm"
import { isMainThread, threadId } from "node:worker_threads"
import { cacheFolder } from "./fetch/fetch-settings.js"
import { makeMachineCode } from "./machine-code.js"

makeMachineCode("late")

/** A run of so many CPU seconds has compiled enough for its code to be worth keeping. */
const WORTH_KEEPING = 0.5

const program = join(__dirname, "cli-main.js")
const { size, mtimeMs, ino } = statSync(program)
const build = [size, Math.floor(mtimeMs), ino].map(part => part.toString(36)).join("-")
const file = join(cacheFolder(), "code", `${isMainThread ? "main" : "thread"}-${build}.v8`)

const kept = read(file)
const text = readFileSync(program, "utf8")
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
  filename: program,
  ...(kept === undefined ? {} : { cachedData: kept }),
})
process.on("exit", () => {
  const { user, system } = process.cpuUsage()
  if (kept !== undefined && script.cachedDataRejected === false) return
  if ((user + system) / 1e6 < WORTH_KEEPING) return
  // V8 takes back what was made with the flags that it then has.
  makeMachineCode("late")
  write(file, script.createCachedData())
})
const module_ = { exports: {} }
script.runInThisContext()(module_.exports, createRequire(program), module_, program, dirname(program))

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    // Not there, or not to be read: then it is compiled.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return undefined
  }
}

/** Puts a file in place whole. Where that cannot be done the next run compiles again. */
function write(path: string, bytes: Buffer): void {
  const temporary = `${path}.${process.pid}-${threadId}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(temporary, bytes, { mode: 0o600 })
    renameSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    rmSync(temporary, { force: true })
  }
}
