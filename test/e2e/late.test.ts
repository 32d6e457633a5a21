// A language server that takes long to start: what is shown meanwhile, and that nothing asked meanwhile is lost. The server of the
// installed extension is replaced by one that waits for the test, and restored at the end.

import assert from "node:assert/strict"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import {
  fleetRows,
  fleetSays,
  fleetShows,
  hover,
  messageSays,
  openAt,
  runCommand,
  showFleet,
} from "./actions.js"
import { type Editor, installedFile, openEditor } from "./editor.js"

const examples = join(dirname(dirname(__dirname)), "examples")

/** Waits for a file beside it, and then does what the server's own start does. */
const heldBack = `const { existsSync } = require("node:fs")
const { join } = require("node:path")
const waiting = setInterval(() => {
  if (!existsSync(join(__dirname, "let-go"))) return
  clearInterval(waiting)
  require("./server-itself.js")
}, 50)
`

describe("a server that takes its time", () => {
  let program: string
  let itself: string
  let letGo: string
  let server: string
  let editor: Editor

  before(async () => {
    program = installedFile("dist/server.js")
    itself = join(dirname(program), "server-itself.js")
    letGo = join(dirname(program), "let-go")
    server = readFileSync(program, "utf8")
    writeFileSync(itself, server)
    writeFileSync(program, heldBack)
    editor = await openEditor({ copyOf: examples, open: "fleet", trusted: true })
  })
  after(async () => {
    writeFileSync(program, server)
    await editor.close()
    for (const file of [itself, letGo]) rmSync(file, { force: true })
  })

  it("is said in the Fleet view, where no rows are yet", async () => {
    const { page } = editor
    await showFleet(page)
    await fleetSays(page, "Canopy is starting…")
    await editor.screenshot("early-tree")
    assert.equal(await fleetRows(page).count(), 0)
  })

  it("is said by a command that comes before it", async () => {
    const { page } = editor
    await runCommand(page, "Canopy: Refresh")
    await messageSays(page, "Canopy is starting…")
    await editor.screenshot("early-command")
  })

  it("answers the hover that was asked for before, and shows its hosts", async () => {
    const { page } = editor
    await openAt(page, join(editor.folder, "modules/system/ssh.nix"), "PermitRootLogin")
    const answer = hover(page, text => text.includes("cinnabar"))
    writeFileSync(letGo, "")
    await answer
    await fleetShows(page, "cinnabar")
  })
})
