// Hovers on what is no option: aspects, builtins, variables, and paths of modules.

import assert from "node:assert/strict"
import type { FleetView } from "../../../server/src/ide/index.js"
import { type Asked, check, fleet, onHost, viewOf } from "./fixture.js"

describe("hover on a name", () => {
  it("shows an aspect with its hosts and files", () =>
    check(
      "{ config, ... }: { x = config.flake.modules.nixos.ss$0h; }",
      `
**nixos.ssh** · aspect in flake.modules

on electrum, cinnabar

imported by server

made in [modules/ssh.nix](file:///fleet/modules/ssh.nix)
`,
    ))

  it("shows a builtin with its arguments and an example", () =>
    check(
      "builtins.ele$0mAt",
      `
\`\`\`nix
builtins.elemAt xs n
\`\`\`
Return element \`n\` of the list \`xs\`, counting from 0.

\`\`\`nix
builtins.elemAt [ "a" "b" "c" ] 1
# "b"
\`\`\`
`,
    ))

  it("shows a constant among the builtins", () =>
    check("tr$0ue", "```nix\nbuiltins.true\n```\nThe Boolean `true`."))

  it("shows the source of a local variable", () =>
    check(
      `
let
  x = {
    a = 1;
  };
in x$0`,
      "```nix\nx = {\n  a = 1;\n};\n```\nlocal variable, line 2",
    ))

  it("shows of a variable that holds an option what that is on the hosts, or else its source", async () => {
    const source = "{ config, ... }: let cfg = config.a.b; in { c = cfg$0; }"
    const asked: Asked[] = []
    await check(source, "**a.b** · string\n\n**cinnabar**: `1`", viewOf([onHost("cinnabar", "1")], asked))
    assert.equal(asked[0].path, "a.b")
    await check(source, "```nix\ncfg = config.a.b;\n```\nlocal variable, line 1")
    const aspects = "{ config, ... }: let all = config.flake.modules.nixos; in { c = all$0; }"
    await check(aspects, "```nix\nall = config.flake.modules.nixos;\n```\nlocal variable, line 1")
  })

  it("shows a host as the Fleet view does, and which hosts have a tag", async () => {
    const [argentum, cinnabar] = fleet.hosts
    const hosts = [
      { ...argentum, tags: ["laptop"], error: "it fails" },
      {
        ...cinnabar,
        tags: ["laptop", "all"],
        target: "root@cinnabar",
        deployer: "clan" as const,
        aspects: ["ssh"],
      },
    ]
    const own = { name: "machines/cinnabar", class: "nixos", option: "flake.modules", hosts: ["cinnabar"] }
    const aspects = [{ ...own, files: ["/fleet/cinnabar.nix"], importedBy: [] }]
    const view = { ...viewOf([]), fleet: { ...fleet, hosts, aspects } }
    await check(
      "{ clan.machines.cin$0nabar = { }; }",
      `
**cinnabar** · NixOS host · x86\\_64-linux

tags: laptop, all

deployed to \`root@cinnabar\` with clan

aspects: ssh

made in [cinnabar.nix](file:///fleet/cinnabar.nix)
`,
      view,
    )
    await check(
      '{ networking.hostName = "argen$0tum"; }',
      "**argentum** · NixOS host · x86\\_64-linux\n\ndoes not evaluate:\n```text\nit fails\n```\n\ntags: laptop",
      view,
    )
    await check('{ tags = [ "lap$0top" ]; }', "**laptop** · tag of argentum, cinnabar", view)
    await check('{ tags = [ "argentum$0" ]; }', undefined, view)
    await check('{ networking.hostName = "a$0"; }', undefined, view)
  })

  it("shows an option of that name where no host has it, once the fleet is loaded", async () => {
    const source = "{ services.hosts.a$0 = 1; }"
    const view = viewOf([onHost("cinnabar", "1")])
    await check(source, "**services.hosts.a** · string\n\n**cinnabar**: `1`", view)
    await check(source, undefined, { ...view, fleet: undefined })
  })

  it("shows an argument with its default", () =>
    check("{ lib, a ? 1 }: a$0", "```nix\na ? 1\n```\nargument, line 1"))

  it("shows which hosts have the module that a path leads to, and nothing of other paths", async () => {
    const role = { via: ["flake.modules.nixos.ssh"], why: "it is a module, by flake.modules.nixos.ssh" }
    const view: FleetView = {
      ...viewOf([]),
      role: async file =>
        file === "/fleet/modules/sshd/default.nix"
          ? { ...role, file, imported: true, hosts: ["cinnabar", "electrum"] }
          : { file, imported: false, hosts: [], via: [], why: "nothing imports it" },
    }
    const link = "[modules/sshd/default.nix](file:///fleet/modules/sshd/default.nix)"
    await check(
      "{ imports = [ ./ssh$0d ]; }",
      `**${link}** · module of cinnabar, electrum\n\nit is a module, by flake.modules.nixos.ssh`,
      view,
    )
    await check("{ a = ./data$0.nix; }", undefined, view)
  })

  it("says nothing about what it does not know", async () => {
    await check("{ inputs, ... }: inputs.oth$0er", undefined)
    await check("{ self, ... }: self.hel$0lo", undefined)
    await check("builtins.noSuch$0Thing", undefined)
    await check("builtins.toString.x$0 or 1", undefined)
  })
})
