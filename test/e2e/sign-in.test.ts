// A private input in a real VS Code: who is not signed in gets the offer, and the token that VS Code then has goes to GitHub, through
// the proxy that VS Code's settings name. The forge is on loopback.

import assert from "node:assert/strict"
import { join } from "node:path"
import { tarball } from "../fetch/archive.js"
import { dialog, goTo, hover, messageSays, messages, openFile, runCommand } from "./actions.js"
import { type Editor, openEditor } from "./editor.js"
import { ForgeProxy } from "./forge-proxy.js"
import { fleetWithInput, writeFolder } from "./own-folder.js"

/** Of a tree with `default.nix` that says `"for friends"`. */
const narHash = "sha256-OdvKTmITaSIvnnAeQfMdly4OdIdCD7AS0+9mbO12Bhs="

const rev = "0123456789012345678901234567890123456789"

const locked = { type: "github", owner: "raquel", repo: "private", rev, narHash }

describe("a fleet with a private input on GitHub", () => {
  const forge = new ForgeProxy()
  let editor: Editor

  before(async () => {
    await forge.start()
    const archive = await tarball([["private-1/default.nix", '"for friends"\n']])
    forge.give("api.github.com", `/repos/raquel/private/tarball/${rev}`, "token of-raquel", archive)
    editor = await openEditor({
      copyOf: writeFolder(fleetWithInput("github:raquel/private", locked)),
      trusted: true,
      settings: { "canopy.evaluation.offline": true, "http.proxy": forge.url },
      beside: join(__dirname, "fixtures/signs-in"),
      environment: { NODE_EXTRA_CA_CERTS: forge.certificate },
    })
  })
  after(async () => {
    await editor.close()
    await forge.stop()
  })

  it("says that it needs a login, and offers to sign in", async () => {
    const { page } = editor
    await openFile(page, join(editor.folder, "word.nix"))
    await runCommand(page, "Canopy: Fetch Inputs")
    await messageSays(page, "needs a login")
    assert.deepEqual(forge.log, [`github.com /raquel/private/archive/${rev}.tar.gz`])
  })

  it("asks GitHub as the person that signed in, and then has its value", async () => {
    const { page } = editor
    await messages(page).getByRole("button", { name: "Sign In to GitHub" }).click()
    const { text, press } = await dialog(page)
    assert.match(text, /wants to sign in using GitHub/)
    await press("Allow")
    await messageSays(page, "fetched 1 input")
    assert.deepEqual(forge.log.slice(1), [
      `api.github.com /repos/raquel/private/tarball/${rev} token of-raquel`,
    ])
    await editor.screenshot("signed-in")
    await goTo(page, 3, 3)
    await hover(page, text => text.includes("for friends"))
  })
})
