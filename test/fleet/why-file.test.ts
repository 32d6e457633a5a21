// Whether a file is part of a fleet, and what stands in the way.

import assert from "node:assert/strict"
import { dendriticFleet, fleetRoot, plainFleet } from "../harness/fleet-fixture.js"

/** Each file on a line: hosts, or why there are none. */
function roles(fleet: ReturnType<typeof plainFleet>, paths: readonly string[]): string[] {
  return paths.map(path => {
    const { imported, hosts, why, at } = fleet.session.answer({ kind: "why", path: fleetRoot + path })
    const place = at === undefined ? "" : ` at ${at.file.slice(fleetRoot.length)}:${at.line}:${at.column}`
    return `${path} ${imported ? "imported" : "not imported"} [${hosts.join(" ")}] ${why}${place}`
  })
}

describe("why a file is not imported", () => {
  it("says which hosts have it, by which aspects, and what import-tree passes over", () => {
    const fleet = dendriticFleet(`
#- /modules/a.nix
{ flake.modules.nixos = { alpha.name = "a"; beta = { }; gamma = { }; }; }
#- /modules/_hidden/b.nix
{ }
#- /modules/sub/_c.nix
{ }
#- /modules/notes.md
`)
    const tree = "at /flake.nix:10:73"
    assert.deepEqual(
      roles(fleet, ["/modules/a.nix", "/modules/_hidden/b.nix", "/modules/sub/_c.nix", "/modules/none.nix"]),
      [
        "/modules/a.nix imported [alpha beta gamma] it is a module, by flake.modules.nixos.alpha, flake.modules.nixos.beta, flake.modules.nixos.gamma",
        `/modules/_hidden/b.nix not imported [] import-tree does not import it: it passes over what begins with '_', as '_hidden' does ${tree}`,
        `/modules/sub/_c.nix not imported [] import-tree does not import it: it passes over what begins with '_', as '_c.nix' does ${tree}`,
        "/modules/none.nix not imported [] there is no such file",
      ],
    )
  })

  it("says that a filter leaves it out, or that it makes nothing that hosts import", () => {
    const fleet = dendriticFleet(`
#- /modules/a.nix
{ systems = [ ]; }
#- /more/b.nix
{ }
#- /tree.nix
inputs: (inputs.import-tree.filter (path: false)) ./more
`)
    assert.deepEqual(roles(fleet, ["/modules/a.nix", "/more/b.nix"]), [
      "/modules/a.nix imported [] it is a module of the flake's outputs, and makes none that a host imports",
      "/more/b.nix not imported [] import-tree does not import it: its 'filter' leaves it out at /tree.nix:1:9",
    ])
  })

  it("tells data that evaluation reads by a computed path from what nothing reads", () => {
    const fleet = dendriticFleet(`
#- /modules/a.nix
{ lib, ... }: { flake.modules.nixos = lib.genAttrs [ "alpha" "beta" "gamma" ] (name: import (./_hosts + "/\${name}.nix")); }
#- /modules/_hosts/alpha.nix
{ name = "alpha"; }
#- /modules/_hosts/beta.nix
{ name = "beta"; }
#- /modules/_hosts/gamma.nix
{ name = "gamma"; }
#- /modules/_hosts/delta.nix
{ name = "delta"; }
`)
    assert.deepEqual(roles(fleet, ["/modules/_hosts/alpha.nix", "/modules/_hosts/delta.nix"]), [
      "/modules/_hosts/alpha.nix not imported [] evaluation reads it, but not as a module of a host",
      "/modules/_hosts/delta.nix not imported [] import-tree does not import it: it passes over what begins with '_', as '_hosts' does at /flake.nix:10:73",
    ])
  })

  it("tells a module from a file that is only named, and from one that nobody names", () => {
    const fleet = plainFleet(`
#- /modules/base.nix
{ greeting = (import ./texts.nix).hello; }
#- /modules/texts.nix
{ hello = "hi"; }
#- /modules/forgotten.nix
{ }
`)
    assert.deepEqual(roles(fleet, ["/modules/base.nix", "/modules/texts.nix", "/modules/forgotten.nix"]), [
      "/modules/base.nix imported [alpha beta gamma] it is a module",
      "/modules/texts.nix not imported [] another file names it, but not as a module of a host at /modules/base.nix:1:22",
      "/modules/forgotten.nix not imported [] nothing imports it",
    ])
  })
})
