// Folders that a test writes itself, to be opened in an editor: their flakes take nixpkgs from the embedded example, locked, so
// that nothing has to be fetched.

import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { temporaryFolder } from "../harness/temporary-folder.js"

/** The small nixpkgs of the example. */
export const nixpkgs = join(dirname(dirname(__dirname)), "examples/inputs/nixpkgs")

/**
 * Text of a flake.lock with nixpkgs as an input.
 * @param more further inputs: their nodes, by name
 */
export function lockText(more: Readonly<Record<string, object>> = {}): string {
  const local = { type: "path", path: nixpkgs }
  const nodes = { nixpkgs: { locked: local, original: local }, ...more }
  const inputs = Object.fromEntries(Object.keys(nodes).map(name => [name, name]))
  return JSON.stringify({ version: 7, root: "root", nodes: { root: { inputs }, ...nodes } })
}

/** Writes files by path into a new folder, and returns it. */
export function writeFolder(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder("written"), "work")
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/**
 * Files of a fleet whose host `alpha` has the option `word`, set in `word.nix`, line 3, to what an input named `far` says.
 * @param url the input's reference in flake.nix
 * @param locked what flake.lock has of it
 */
export function fleetWithInput(
  url: string,
  locked: Readonly<Record<string, string>>,
): Record<string, string> {
  const { narHash, rev, ...original } = locked
  return {
    "flake.nix": fleetText(url),
    "flake.lock": lockText({ far: { flake: false, locked, original } }),
    "word.nix": "{ far, ... }:\n{\n  word = import far;\n}\n",
  }
}

const fleetText = (url: string) => `{
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
