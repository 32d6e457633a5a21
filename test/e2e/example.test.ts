// What a newcomer sees: the example fleet, opened in VS Code with the packaged extension.

import assert from "node:assert/strict"
import { dirname, join } from "node:path"
import {
  dialog,
  fillQuickInput,
  fleetRows,
  openFile,
  pageText,
  runCommand,
  showFleet,
  squiggles,
} from "./actions.js"
import { type Editor, openEditor } from "./editor.js"

const examples = join(dirname(dirname(__dirname)), "examples")
const hosts = ["cinnabar", "electrum", "galena", "scheelite", "argentum", "blackphos", "rosegold", "stibnite"]

describe("the example fleet", () => {
  let editor: Editor
  const file = (path: string) => join(editor.folder, path)

  before(async () => {
    editor = await openEditor({ copyOf: examples, open: "fleet", trusted: true })
  })
  after(() => editor.close())

  it("shows its hosts by class, with the aspects of each", async () => {
    const { page } = editor
    await showFleet(page)
    for (const name of ["NixOS", "macOS", ...hosts])
      await fleetRows(page).filter({ hasText: name }).first().waitFor()
    await fleetRows(page).filter({ hasText: "cinnabar" }).first().click()
    await page.keyboard.press("ArrowRight")
    await fleetRows(page).filter({ hasText: "base" }).first().waitFor()
    await editor.screenshot("fleet-tree")
  })

  it("underlines a broken package where it is used, with why and on which host", async () => {
    await openFile(editor.page, file("modules/machines/nixos/scheelite/default.nix"))
    await squiggles(editor.page, "error")
      .or(squiggles(editor.page, "warning"))
      .first()
      .waitFor({ timeout: 30_000 })
    await editor.screenshot("broken-package")
  })

  it("shows an option on all hosts from the palette", async () => {
    const { page } = editor
    await runCommand(page, "Canopy: Show Option on All Hosts")
    await fillQuickInput(page, "services.openssh.settings.PermitRootLogin")
    await page.keyboard.press("Enter")
    const text = await pageText(page, text => text.includes("PermitRootLogin") && text.includes("galena"))
    await editor.screenshot("option-page")
    assert.match(text, /forced-commands-only/)
  })

  it("shows the plan of a deploy and runs nothing without a yes", async () => {
    const { page } = editor
    await runCommand(page, "Canopy: Deploy This Host")
    await fillQuickInput(page, "galena")
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "galena" }).first().waitFor()
    await page.keyboard.press("Enter")
    const question = await dialog(page)
    assert.match(question.text, /Deploy galena\?/)
    assert.match(question.text, /clan machines update galena/)
    await editor.screenshot("deploy-plan")
    await question.press("Cancel")
    await pageText(page, text => text.includes("Deploy galena with clan"))
    assert.equal(await page.locator(".terminal-wrapper").count(), 0)
  })
})
