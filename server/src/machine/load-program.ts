// Loads a bundle together with the machine code that V8 made of it in an earlier run. Compiling is a tenth of the time of `canopy
// eval` for one package, and a sixth of what a first hover waits for.
//
// Code loaded this way cannot use `import()`, so the bundle has `require` in its place. V8 rejects the machine code of other
// versions or flags, so an outdated file costs nothing but making it again.

import { readFileSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { Script } from "node:vm"
import { cacheFolder } from "./cache-folder.js"
import { makeMachineCode } from "./machine-code.js"
import { unlessRefused } from "./unless-refused.js"
import { writeWhole } from "./whole-file.js"

export interface Program<T> {
  /** Runs it and returns its exports. To be called once; it may end the process. */
  run(): T
  /** Saves what has been compiled so far, unless that was done before. From then on machine code is made late. */
  keep(): void
}

/**
 * Loads the bundle `name` beside this one. `makeMachineCode("late")` has to be called before.
 * @param thread tells apart threads that run different parts of one bundle
 */
export function loadProgram<T>(name: string, thread = ""): Program<T> {
  const program = join(__dirname, `${name}.js`)
  const file = join(cacheFolder(), "code", `${name}${thread}-${buildOf(program)}.v8`)
  const kept = unlessRefused("read", () => readFileSync(file))
  const text = readFileSync(program, "utf8")
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: program,
    ...(kept === undefined ? {} : { cachedData: kept }),
  })
  let isKept = kept !== undefined && script.cachedDataRejected === false
  return {
    run() {
      const module_ = { exports: {} as T }
      script.runInThisContext()(module_.exports, createRequire(program), module_, program, dirname(program))
      return module_.exports
    },
    keep() {
      if (isKept) return
      isKept = true
      // V8 only accepts machine code that was made with the flags in force when it is loaded.
      makeMachineCode("late")
      unlessRefused("write", () => writeWhole(file, [script.createCachedData()]))
    },
  }
}

function buildOf(program: string): string {
  const { size, mtimeMs, ino } = statSync(program)
  return [size, Math.floor(mtimeMs), ino].map(part => part.toString(36)).join("-")
}
