// Missing inputs in a real VS Code: they are reported where they are named, fetched on request from a real server on loopback, and
// there for the next hover.

import assert from "node:assert/strict"
import { join } from "node:path"
import { tarball } from "../fetch/archive.js"
import { ArchiveServer, whole } from "../fetch/archive-server.js"
import {
  goTo,
  hidePanel,
  hover,
  notUnderlined,
  openFile,
  problems,
  runCommand,
  underlined,
  until,
} from "./actions.js"
import { type Editor, openEditor } from "./editor.js"
import { lockText, nixpkgs, writeFolder } from "./own-folder.js"

/** Of a tree with `default.nix` that says `"from afar"`. */
const narHash = "sha256-6M0w5vFOoXpLxzoFPgA9UvTtxFWpY+alS4kjEYLjr/Y="

const module = `{ far, ... }:
{
  word = import far;
}
`

const flake = (url: string) => `{
  inputs.nixpkgs.url = "path:${nixpkgs}";
  inputs.far = { url = "${url}"; flake = false; };
  outputs = { nixpkgs, far, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules {
      class = "nixos";
      specialArgs = { inherit far; };
      modules = [
        { options.word = nixpkgs.lib.mkOption { type = nixpkgs.lib.types.str; }; }
        ./word.nix
      ];
    };
  };
}
`

function lock(url: string): string {
  const far = { type: "tarball", url }
  return lockText({ far: { flake: false, locked: { ...far, narHash }, original: far } })
}

describe("a fleet with an input that is far away", () => {
  const network = new ArchiveServer()
  let editor: Editor

  before(async () => {
    await network.start()
    const url = network.at("/far.tar.gz", whole(await tarball([["far-1/default.nix", '"from afar"\n']])))
    const original = writeFolder({ "flake.nix": flake(url), "flake.lock": lock(url), "word.nix": module })
    const settings = { "canopy.evaluation.offline": true }
    editor = await openEditor({ copyOf: original, trusted: true, settings })
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
})
