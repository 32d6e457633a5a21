// A workspace of several folders: a fleet, a flake that does not parse, a folder without a flake, and two flakes without hosts. Each
// answers for itself.

import assert from "node:assert/strict"
import { dirname, join } from "node:path"
import {
  fillQuickInput,
  fleetRows,
  fleetShows,
  goTo,
  hidePanel,
  hover,
  openFile,
  pageText,
  problems,
  runCommand,
  showFleet,
} from "./actions.js"
import { type Editor, openEditor } from "./editor.js"
import { lockText, nixpkgs, writeFolder } from "./own-folder.js"

const flake = (modules: string) => `{
  inputs.nixpkgs.url = "path:${nixpkgs}";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = ${modules}; };
  };
}
`
const host = `{
  networking.hostName = "alpha";
}
`

const files: Readonly<Record<string, string>> = {
  // The broken one comes first, to notice code that always takes the first folder.
  "all.code-workspace": JSON.stringify({
    folders: ["broken", "fine", "plain", "shell", "tools"].map(path => ({ path })),
  }),
  "broken/flake.nix": flake("[ ./server.nix"),
  "broken/flake.lock": lockText(),
  // Not named like the file of the fleet: tabs are recognised by name.
  "broken/server.nix": host,
  "fine/flake.nix": flake("[ ./host.nix ]"),
  "fine/flake.lock": lockText(),
  "fine/host.nix": host,
  "plain/default.nix": "builtins.length [ ]\n",
  "shell/flake.nix": "{ outputs = _: { }; }\n",
  "tools/flake.nix": "{ outputs = _: { }; }\n",
}

describe("a workspace of several folders", () => {
  let editor: Editor
  const at = (path: string) => join(dirname(editor.folder), path)

  before(async () => {
    const original = writeFolder(files)
    editor = await openEditor({ copyOf: original, open: "all.code-workspace", trusted: true })
  })
  after(() => editor.close())

  it("answers hovers by the folder that a file is in", async () => {
    const { page } = editor
    for (const [path, line, fact] of [
      ["fine/host.nix", 2, 'alpha: "alpha"'],
      ["broken/server.nix", 2, "this flake has no hosts: flake.nix: found ';'"],
      ["plain/default.nix", 1, "Return the length of the list"],
    ] as const) {
      await openFile(page, at(path))
      await goTo(page, line, 15)
      await hover(page, text => text.includes(fact))
    }
  })

  it("shows the hosts of the one, and why there are none of the other", async () => {
    const { page } = editor
    await showFleet(page)
    await fleetShows(page, "broken", "fine", "alpha")
    const message = page.locator(".tree-explorer-viewlet-tree-view .message")
    await message.filter({ hasText: "No hosts were found in broken: flake.nix: found ';'" }).waitFor()
    await message.filter({ hasText: "1 more, which are marked below" }).waitFor()
    await editor.screenshot("folders")
    assert.match((await problems(page)).join("\n"), /flake\.nix\s*broken.*found ';'/s)
    await hidePanel(page)
  })

  it("keeps the hosts in view while somebody types in flake.nix", async () => {
    const { page } = editor
    const asLastKnown = fleetRows(page).filter({ hasText: "alpha" }).filter({ hasText: "as last known" })
    await openFile(page, at("fine/flake.nix"))
    await goTo(page, 1, 2)
    await page.keyboard.type(" ?")
    await asLastKnown.waitFor()
    const message = page.locator(".tree-explorer-viewlet-tree-view .message")
    await message.filter({ hasText: "The hosts of fine are shown as last known: flake.nix: found" }).waitFor()
    await editor.screenshot("last-known")
    await page.keyboard.press("Control+Z")
    await asLastKnown.waitFor({ state: "hidden" })
    await fleetShows(page, "alpha")
    await page.keyboard.press("Control+S")
  })

  it("shows an option of the fleet whose file is in front, or that has hosts", async () => {
    const { page } = editor
    await openFile(page, at("plain/default.nix"))
    await runCommand(page, "Canopy: Show Option on All Hosts")
    await fillQuickInput(page, "networking.hostName")
    await page.keyboard.press("Enter")
    await pageText(page, text => text.includes("networking.hostName") && text.includes("host.nix:2"))
  })

  it("offers the options that may have been meant where no host has the one that was typed", async () => {
    const { page } = editor
    await runCommand(page, "Canopy: Show Option on All Hosts")
    await fillQuickInput(page, "networking.domian")
    await page.keyboard.press("Enter")
    const meant = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "networking.domain" })
    await meant.waitFor()
    await editor.screenshot("meant")
    await page.keyboard.press("Enter")
    await pageText(page, text => text.includes("networking.domain") && text.includes("alpha"))
  })
})
