// Preloaded into a program (NODE_OPTIONS=--require): writes down every file whose contents it asks Node for, and every
// program that it starts, one JSON document a line, in the file that CANOPY_RECORD names. Threads are recorded too.
//
// Node's own module loader asks for text in the same way; what is below node_modules or dist is the program itself.

const fs = require("node:fs")
const childProcess = require("node:child_process")

const { openSync, writeSync } = fs
const log = openSync(process.env.CANOPY_RECORD, "a")

function note(entry) {
  writeSync(log, `${JSON.stringify(entry)}\n`)
}

/** How many of these functions are at work: Node makes some of them out of others, and only the outermost was asked for. */
let depth = 0

/** Replaces a function by one that notes its first two arguments. */
function record(owner, name, entry) {
  const original = owner[name]
  owner[name] = function (...args) {
    if (depth === 0) note(entry(...args))
    depth++
    try {
      return original.apply(this, args)
    } finally {
      depth--
    }
  }
}

function encodingOf(options) {
  return typeof options === "string" ? options : options?.encoding
}

const content = how => (path, options) => ({ read: String(path), as: how ?? encodingOf(options) ?? "bytes" })

record(fs, "readFileSync", content())
record(fs, "readFile", content())
record(fs.promises, "readFile", content())
for (const name of ["openSync", "open", "createReadStream", "openAsBlob"]) record(fs, name, content("handle"))
record(fs.promises, "open", content("handle"))
for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"])
  record(childProcess, name, command => ({ start: String(command) }))
