// A value that needs a build first, in a real VS Code: the hover says so, nothing is built without asking, and after a yes the hover
// has the value. The Nix that CANOPY_NIX names does the builds; without it the test is skipped.

import assert from "node:assert/strict"
import { dirname, join } from "node:path"
import { realNix } from "../harness/real-nix.js"
import { chooseFix, dialog, goTo, hover, notUnderlined, openFile, problems, underlined } from "./actions.js"
import { type Editor, openEditor } from "./editor.js"
import { lockText, nixpkgs, writeFolder } from "./own-folder.js"

// New each time, so that it is not built yet.
const derivation = `made-name-${process.pid}-${Date.now()}`

const sources = {
  "flake.nix": `{
  inputs.nixpkgs.url = "path:${nixpkgs}";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.alpha = nixpkgs.lib.evalModules {
      class = "nixos";
      modules = [
        { options.word = nixpkgs.lib.mkOption { type = nixpkgs.lib.types.str; }; }
        { options.other = nixpkgs.lib.mkOption { type = nixpkgs.lib.types.str; }; }
        ./words.nix
      ];
    };
  };
}
`,
  "flake.lock": lockText(),
  "words.nix": `{
  other = "needs nothing";
  word = import (derivation {
    name = "${derivation}";
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" "echo '\\"from a build\\"' > $out" ];
  });
}
`,
}

describe("a fleet with an import from derivation", () => {
  const nix = realNix()
  let editor: Editor

  before(async function () {
    if (nix === undefined) return this.skip()
    const original = writeFolder(sources)
    editor = await openEditor({ copyOf: original, trusted: true, nix: dirname(nix) })
  })
  after(async () => {
    if (nix !== undefined) await editor.close()
  })

  it("says what it needs a build of, and answers all else", async () => {
    const { page } = editor
    await openFile(page, join(editor.folder, "words.nix"))
    await goTo(page, 2, 3)
    await hover(page, text => text.includes("needs nothing"))
    await goTo(page, 3, 3)
    await hover(page, text => text.includes(`needs a build of '${derivation}'`))
    await underlined(page)
    await editor.screenshot("needs-a-build")
    assert.match((await problems(page)).join("\n"), new RegExp(`needs a build of '${derivation}'`))
  })

  it("builds nothing after a no", async () => {
    const { page } = editor
    await openFile(page, join(editor.folder, "words.nix"))
    await goTo(page, 3, 10)
    await chooseFix(page, "Build")
    const question = await dialog(page)
    assert.match(question.text, new RegExp(derivation))
    await editor.screenshot("build-question")
    await question.press("Cancel")
    await goTo(page, 3, 3)
    await hover(page, text => text.includes("needs a build of"))
  })

  it("builds it after a yes, and then has its value", async () => {
    const { page } = editor
    await goTo(page, 3, 10)
    await chooseFix(page, "Build")
    await (await dialog(page)).press("Build")
    await notUnderlined(page)
    await goTo(page, 3, 3)
    await hover(page, text => text.includes("from a build") && !text.includes("needs a build"))
    await editor.screenshot("built")
  })
})
