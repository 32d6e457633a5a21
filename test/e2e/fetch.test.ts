// Missing inputs in a real VS Code: they are reported where they are named, fetched on request from a real server on loopback, and
// there for the next hover.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { tarball } from "../fetch/archive.js"
import { ArchiveServer, whole } from "../fetch/archive-server.js"
import {
  chooseFix,
  goTo,
  hidePanel,
  hover,
  notUnderlined,
  openAt,
  openFile,
  problems,
  runCommand,
  underlined,
  until,
} from "./actions.js"
import { type Editor, openEditor } from "./editor.js"
import { fleetWithInput, writeFolder } from "./own-folder.js"

/** Of a tree with `default.nix` that says `"from afar"`. */
const narHash = "sha256-6M0w5vFOoXpLxzoFPgA9UvTtxFWpY+alS4kjEYLjr/Y="

describe("a fleet with an input that is far away", () => {
  const network = new ArchiveServer()
  let editor: Editor

  before(async () => {
    await network.start()
    const url = network.at("/far.tar.gz", whole(await tarball([["far-1/default.nix", '"from afar"\n']])))
    const fleet = writeFolder(fleetWithInput(url, { type: "tarball", url, narHash }))
    const settings = { "canopy.evaluation.offline": true }
    editor = await openEditor({ copyOf: fleet, trusted: true, settings })
  })
  after(async () => {
    await editor.close()
    await network.stop()
  })

  it("says at the input that it is not here, and asks nobody for it", async () => {
    const { page } = editor
    await openFile(page, join(editor.folder, "flake.nix"))
    await underlined(page)
    assert.match((await problems(page)).join("\n"), /input 'far' is missing: .* is not on this machine/)
    await hidePanel(page)
    await openFile(page, join(editor.folder, "word.nix"))
    await goTo(page, 3, 3)
    await hover(page, text => text.includes("is missing"))
    assert.deepEqual(network.log, [])
  })

  it("fetches it at a word, and then has its value", async () => {
    const { page } = editor
    await runCommand(page, "Canopy: Fetch Inputs")
    await until(async () => network.log[0], "the download")
    await goTo(page, 3, 3)
    const { text } = await hover(page, text => text.includes("from afar"))
    assert.match(text, /alpha/)
    await editor.screenshot("fetched")
    await openFile(page, join(editor.folder, "flake.nix"))
    await notUnderlined(page)
    assert.deepEqual(network.log, ["/far.tar.gz"])
  })

  it("locks an input that is new", async () => {
    const { page } = editor
    await openAt(page, join(editor.folder, "flake.nix"), "inputs.far")
    await page.keyboard.type('inputs.near = { url = "path:./near"; flake = false; }; ')
    mkdirSync(join(editor.folder, "near"))
    writeFileSync(join(editor.folder, "near/default.nix"), "{ }\n")
    execFileSync("git", ["add", "near"], { cwd: editor.folder })
    await runCommand(page, "File: Save")
    await goTo(page, 3, 10)
    await chooseFix(page, "Update flake.lock")
    const locked = async () =>
      readFileSync(join(editor.folder, "flake.lock"), "utf8").includes('"near"') || undefined
    await until(locked, "the lock of the input")
    const warning = page.locator(".editor-group-container.active .squiggly-warning")
    await warning.first().waitFor({ state: "detached", timeout: 30_000 })
  })
})
