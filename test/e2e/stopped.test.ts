// A language server that cannot start: this is reported once, with a way out, and hovers stay silent. The test breaks the installed
// extension, and restores it at the end.

import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import {
  fleetSays,
  goTo,
  hover,
  messageSays,
  messages,
  openAt,
  openFile,
  runCommand,
  showFleet,
} from "./actions.js"
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
    await messageSays(page, "could not be kept running")
    assert.equal(await messages(page).count(), 1)
    await showFleet(page)
    await fleetSays(page, "could not be kept running")
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
    assert.equal(await messages(page).count(), 0)
  })

  it("answers after it was restarted", async () => {
    const { page } = editor
    writeFileSync(program, server)
    await runCommand(page, "Canopy: Restart Server")
    await openAt(page, join(editor.folder, "modules/system/ssh.nix"), "PermitRootLogin")
    await hover(page, text => text.includes("cinnabar"))
  })
})
