// A folder that is not trusted: VS Code opens it in Restricted Mode. Syntax works; nothing is evaluated.

import assert from "node:assert/strict"
import { join } from "node:path"
import { dialog, fillQuickInput, fleetSays, openFile, runCommand, showFleet, underlined } from "./actions.js"
import { type Editor, openEditor } from "./editor.js"

describe("a folder that is not trusted", () => {
  let editor: Editor

  before(async () => {
    editor = await openEditor({ copyOf: join(__dirname, "fixtures/tiny"), trusted: false })
  })
  after(() => editor.close())

  it("opens in Restricted Mode when the person says no", async () => {
    const question = await dialog(editor.page)
    assert.match(question.text, /Do you trust the authors/)
    await question.press("No, I don't trust the authors")
    await editor.page
      .locator(".statusbar-item")
      .filter({ hasText: "Restricted Mode" })
      .waitFor({ timeout: 30_000 })
  })

  it("still underlines a syntax error", async () => {
    await openFile(editor.page, join(editor.folder, "broken.nix"))
    await underlined(editor.page)
  })

  it("says why there is no fleet, and how to have one", async () => {
    await showFleet(editor.page)
    await fleetSays(editor.page, "this folder is not trusted yet")
    await editor.screenshot("restricted")
    assert.equal(await editor.page.locator(".sidebar .monaco-list-row").count(), 0)
    const log = editor.log()
    assert(log.some(line => line.includes("initialized")))
    assert.deepEqual(
      log.filter(line => line.includes("asked")),
      [],
      "something was evaluated",
    )
  })

  it("offers no command that evaluates", async () => {
    await editor.page.keyboard.press("F1")
    await fillQuickInput(editor.page, ">Canopy:")
    const rows = editor.page.locator(".quick-input-list .monaco-list-row")
    await rows.filter({ hasText: "Show Output" }).first().waitFor({ timeout: 30_000 })
    const titles = (await rows.allInnerTexts()).join("\n")
    assert.doesNotMatch(titles, /Deploy This Host|Show Option on All Hosts/)
    await editor.page.keyboard.press("Escape")
  })

  it("evaluates once the person trusts it after all", async () => {
    const { page } = editor
    await runCommand(page, "Workspaces: Manage Workspace Trust")
    await page
      .locator(".workspace-trust-editor .monaco-button")
      .filter({ hasText: /^Trust/ })
      .first()
      .click()
    await showFleet(page)
    const message = page.locator(".tree-explorer-viewlet-tree-view .message")
    await message.filter({ hasText: "No hosts were found in tiny" }).waitFor({ timeout: 30_000 })
  })
})
