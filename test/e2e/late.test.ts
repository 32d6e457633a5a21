// A language server that takes long to start: what stands in its place until then, and that nothing asked meanwhile is lost. The
// installed extension's server is held back until the test lets it go, and is put right at the end.

import assert from "node:assert/strict"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fleetRows, goTo, hover, openFile, runCommand, showFleet } from "./actions.js"
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
    const welcome = page.locator(".welcome-view-content")
    await welcome.filter({ hasText: "Canopy is starting…" }).waitFor({ timeout: 30_000 })
    await editor.screenshot("early-tree")
    assert.equal(await fleetRows(page).count(), 0)
  })

  it("is said by a command that comes before it", async () => {
    const { page } = editor
    await runCommand(page, "Canopy: Refresh")
    const toasts = page.locator(".notifications-toasts .notification-list-item")
    await toasts.filter({ hasText: "Canopy is starting…" }).waitFor({ timeout: 30_000 })
    await editor.screenshot("early-command")
  })

  it("answers the hover that was asked for before, and shows its hosts", async () => {
    const { page } = editor
    await openFile(page, join(editor.folder, "modules/system/ssh.nix"))
    const lines = readFileSync(join(editor.folder, "modules/system/ssh.nix"), "utf8").split("\n")
    const line = lines.findIndex(line => line.includes("PermitRootLogin"))
    await goTo(page, line + 1, lines[line].indexOf("PermitRootLogin") + 1)
    const answer = hover(page, text => text.includes("cinnabar"))
    writeFileSync(letGo, "")
    await answer
    await fleetRows(page).filter({ hasText: "cinnabar" }).first().waitFor({ timeout: 30_000 })
  })
})
