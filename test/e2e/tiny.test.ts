// The extension in VS Code on a folder that needs no evaluation: it activates, underlines, and shows its view.

import assert from "node:assert/strict"
import { join } from "node:path"
import { openFile, problems, showFleet, underlined } from "./actions.js"
import { type Editor, openEditor } from "./editor.js"

describe("a folder with a flake", () => {
  let editor: Editor

  before(async () => {
    editor = await openEditor({ copyOf: join(__dirname, "fixtures/tiny"), trusted: true })
  })
  after(() => editor.close())

  it("underlines a syntax error", async () => {
    await openFile(editor.page, join(editor.folder, "broken.nix"))
    await underlined(editor.page)
    await editor.screenshot("syntax-error")
    const list = await problems(editor.page)
    assert.equal(list.length, 2, list.join("\n"))
    assert.match(list[1], /canopy/)
  })

  it("shows the Fleet view", async () => {
    await showFleet(editor.page)
    await editor.screenshot("fleet-view")
  })
})
