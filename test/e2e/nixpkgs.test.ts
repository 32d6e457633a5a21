// A real nixpkgs in a real VS Code: hovers on two hosts that share a module. Runs if CANOPY_NIXPKGS names a nixpkgs 26.11pre. The
// expected values are those of real Nix for the same hosts.

import assert from "node:assert/strict"
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { hover, openAt } from "./actions.js"
import { type Editor, openEditor } from "./editor.js"

const nixpkgs = process.env.CANOPY_NIXPKGS

/** A word in modules/common.nix, and what the hover must say: values by Nix 2.34.8, priorities and places by the sources. */
const hovers: readonly (readonly [word: string, ...facts: string[]])[] = [
  ["PermitRootLogin", '"no"', "alpha", '"yes"', "beta", "prohibit-password", "sshd.nix", "mkDefault"],
  ["hostName", '"alpha"', '"beta"', "mkForce", '"unnamed"', "network-interfaces.nix"],
  ["systemPackages", "git", "ripgrep", "hello", "system-path.nix", "nixos-rebuild"],
]

/** Asks again and again, for ten minutes at most: the first hover waits for two whole NixOS systems. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 20; ; tries--)
    try {
      return await ask()
    } catch (error) {
      if (tries === 0) throw error
    }
}

const run = nixpkgs === undefined ? describe.skip : describe

run("two hosts on a real nixpkgs", function () {
  this.timeout(600_000)
  let editor: Editor

  before(async () => {
    const folder = temporaryFolder("two-hosts")
    cpSync(join(__dirname, "fixtures/two-hosts"), folder, { recursive: true })
    const flake = join(folder, "flake.nix")
    writeFileSync(flake, readFileSync(flake, "utf8").replace("NIXPKGS", nixpkgs ?? ""))
    editor = await openEditor({ copyOf: folder, trusted: true })
  })
  after(() => editor.close())

  for (const [word, ...facts] of hovers)
    it(`shows what Nix says of ${word} on both hosts`, async () => {
      await openAt(editor.page, join(editor.folder, "modules/common.nix"), word)
      const started = performance.now()
      const { text, milliseconds } = await patiently(() =>
        hover(editor.page, text => facts.every(fact => text.includes(fact))),
      )
      const waited = (performance.now() - started) / 1000
      process.stdout.write(
        `      ${word}: ${waited.toFixed(1)} s, ${milliseconds.toFixed(0)} ms after the last key\n`,
      )
      await editor.screenshot(`nixpkgs-${word}`)
      assert(text.includes(word))
    })
})
