// Hovers on packages: their version on every host, and why a host cannot have one.

import assert from "node:assert/strict"
import type { PackageAnswer } from "../../../server/src/fleet/index.js"
import type { FleetView } from "../../../server/src/ide/index.js"
import { check, viewOf } from "./fixture.js"

describe("hover on a package", () => {
  const onHosts = { homepage: "", description: "A greeter" }
  const answer: PackageAnswer = {
    path: "hello",
    hosts: [
      { host: "argentum", version: "2.9", error: "hello-2.9 is marked as broken", ...onHosts },
      { host: "cinnabar", version: "2.12", ...onHosts, homepage: "https://hello.example/(x)" },
      { host: "electrum", version: "2.12", ...onHosts },
    ],
  }
  const view: FleetView = { ...viewOf([]), describe: async () => undefined, package: async () => answer }

  it("shows what it is, and which version is on which hosts", () =>
    check(
      "{ pkgs, ... }: { p = [ pkgs.hel$0lo ]; }",
      `
**hello** · package

A greeter

**cinnabar, electrum**: \`2.12\`

**argentum**: \`2.9\` ⚠ hello-2.9 is marked as broken
`,
      view,
    ))

  it("says that no host has it where none imports the aspect", () =>
    check(
      "{ flake.modules.nixos.unused = { pkgs, ... }: { p = pkgs.hello$0; }; }",
      "**hello**\n\nno host imports nixos.unused",
      view,
    ))

  it("asks only the hosts that import the aspect, and then what else it may be", async () => {
    const asked: unknown[] = []
    const nowhere: FleetView = {
      ...view,
      package: async (path, hosts) => {
        asked.push([path, hosts])
        return { path: path.join("."), hosts: [] }
      },
      describe: async (root, path) => {
        asked.push([root, path])
        return undefined
      },
    }
    await check("{ flake.modules.nixos.ssh = { pkgs, ... }: { p = pkgs.a.b$0; }; }", undefined, nowhere)
    assert.deepEqual(asked, [
      [
        ["a", "b"],
        ["cinnabar", "electrum"],
      ],
      ["pkgs", ["a", "b"]],
    ])
  })
})
