// A language server that cannot start: said once, with a way out, and a hover keeps still. What is broken is the installed
// extension, so this is put right at the end.

import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { goTo, hover, openFile, runCommand, showFleet } from "./actions.js"
import { type Editor, installedFile, openEditor } from "./editor.js"

const examples = join(dirname(dirname(__dirname)), "examples")

describe("a server that does not start", () => {
  let program: string
  let server: string
  let editor: Editor

  before(async () => {
    program = installedFile("dist/server.js")
    server = readFileSync(program, "utf8")
    writeFileSync(program, "process.exit(1)\n")
    editor = await openEditor({ copyOf: examples, open: "fleet", trusted: true })
  })
  after(async () => {
    writeFileSync(program, server)
    await editor.close()
  })

  it("is said in one message, and in the Fleet view", async () => {
    const { page } = editor
    const toasts = page.locator(".notifications-toasts .notification-list-item")
    await toasts.filter({ hasText: "could not be kept running" }).waitFor({ timeout: 30_000 })
    assert.equal(await toasts.count(), 1)
    await showFleet(page)
    const welcome = page.locator(".welcome-view-content")
    await welcome.filter({ hasText: "could not be kept running" }).waitFor({ timeout: 30_000 })
    await editor.screenshot("server-stopped")
  })

  it("shows no hover and no message when one is asked for", async () => {
    const { page } = editor
    await openFile(page, join(editor.folder, "modules/system/ssh.nix"))
    await goTo(page, 1, 1)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+K")
    await page.keyboard.press("Control+I")
    await page.waitForTimeout(2_000)
    assert.equal(await page.locator(".monaco-hover:not(.hidden) .rendered-markdown").count(), 0)
    assert.equal(await page.locator(".notifications-toasts .notification-list-item").count(), 0)
  })

  it("answers after it was restarted", async () => {
    const { page } = editor
    writeFileSync(program, server)
    await runCommand(page, "Canopy: Restart Server")
    const lines = readFileSync(join(editor.folder, "modules/system/ssh.nix"), "utf8").split("\n")
    const line = lines.findIndex(line => line.includes("PermitRootLogin"))
    await goTo(page, line + 1, lines[line].indexOf("PermitRootLogin") + 1)
    await hover(page, text => text.includes("cinnabar"))
  })
})
