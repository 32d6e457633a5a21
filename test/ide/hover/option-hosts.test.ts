// Which hosts a hover on an option asks, and what it says where none answers; and what it shows of a set of options.

import assert from "node:assert/strict"
import type { AspectName } from "../../../server/src/fleet/index.js"
import type { FleetView } from "../../../server/src/ide/index.js"
import { type Asked, check, fleet, nothing, onHost, viewOf } from "./fixture.js"

describe("hover on options of some hosts", () => {
  it("shows of a set of options what is set, and what else there is", () => {
    const places = (file: string, ...lines: number[]) =>
      lines.map(line => ({ file: `/fleet/${file}`, line, column: 1 }))
    const port = { valueText: "22", places: places("hosts/cinnabar.nix", 7, 8, 9) }
    const view: FleetView = {
      ...viewOf([]),
      option: async path => ({
        path,
        hosts: [],
        sets: ["cinnabar", "electrum"].map(host => ({
          host,
          options: [
            { name: "banner", holdsOptions: false, valueText: `"${"=".repeat(60)}"` },
            { name: "enable", holdsOptions: false, valueText: "true", places: places("modules/ssh.nix", 4) },
            { name: "port", holdsOptions: false, ...(host === "cinnabar" ? port : {}) },
            { name: "hostKeys", holdsOptions: false },
            { name: "rules", holdsOptions: false, valueText: `"${"#".repeat(90)} ${host}"` },
            { name: "settings", holdsOptions: true },
          ],
        })),
      }),
    }
    return check(
      "{ a$0.b = 1; }",
      `
**a** · set of options on cinnabar, electrum

- **enable**: \`true\` · [modules/ssh.nix:4](file:///fleet/modules/ssh.nix#L4)
- **port**: \`22\` on cinnabar · [hosts/cinnabar.nix:7](file:///fleet/hosts/cinnabar.nix#L7), [hosts/cinnabar.nix:8](file:///fleet/hosts/cinnabar.nix#L8), …
- **banner**: \`"${"=".repeat(60)}"\`
- **rules**: 2 different values

not set: hostKeys

with options below: settings
`,
      view,
    )
  })

  it("shows whose homes have a set of options", () => {
    const options = [{ name: "enable", holdsOptions: false, valueText: "true" }]
    const sets = ["cinnabar", "electrum"].map(host => ({ host, user: "tara", options }))
    const view: FleetView = { ...viewOf([]), option: async path => ({ path, hosts: [], sets }) }
    const expected = "**a** · set of options of tara on cinnabar, tara on electrum\n\n- **enable**: `true`"
    return check("{ a$0.b = 1; }", expected, view)
  })

  it("says nothing when no host has such an option, or no fleet is there", async () => {
    await check("{ a.b$0 = 1; }", undefined)
    const unknown = { ...viewOf([]), outline: undefined, fleet: undefined, option: nothing }
    await check("{ a.b$0 = 1; }", undefined, unknown)
  })

  it("asks only the hosts that import the aspect, and quotes names that need it", async () => {
    const asked: Asked[] = []
    const view = viewOf([onHost("cinnabar", "1")], asked)
    await check(
      '{ flake.modules.nixos.ssh = { a."b.c".d$0 = 1; }; }',
      '**a."b.c".d** · string\n\n**cinnabar**: `1`',
      view,
    )
    await check(
      "{ flake.modules.nixos.ssh = [ { a$0 = 1; } ]; }",
      "**a** · string\n\n**cinnabar**: `1`",
      view,
    )
    await check("{ a.b$0 = 1; }", "**a.b** · string\n\n**cinnabar**: `1`", view)
    assert.deepEqual(asked, [
      { path: 'a."b.c".d', hosts: ["cinnabar", "electrum"] },
      { path: "a", hosts: ["cinnabar", "electrum"] },
      { path: "a.b", hosts: undefined },
    ])
  })

  it("asks for no more than the hosts that import the aspect while the fleet is not loaded", async () => {
    const asked: Asked[] = []
    const imports: AspectName[] = []
    const view: FleetView = {
      ...viewOf([onHost("cinnabar", "1")], asked),
      fleet: undefined,
      importers: async aspects => {
        imports.push(...aspects)
        return ["cinnabar"]
      },
    }
    await check("{ flake.modules.nixos.ssh = { a$0 = 1; }; }", "**a** · string\n\n**cinnabar**: `1`", view)
    assert.deepEqual(imports, [{ option: "flake.modules", class: "nixos", name: "ssh" }])
    assert.deepEqual(asked, [{ path: "a", hosts: ["cinnabar"] }])
  })

  it("says why there is nothing to say in a flake without hosts", async () => {
    const view = { ...viewOf([]), outline: { ...fleet, noHosts: "not today" } }
    await check("{ a$0 = 1; }", "**a**\n\nthis flake has no hosts: not today", view)
    await check("{ a$0 = 1; }", undefined)
  })

  it("asks any host where nobody knows who has the aspect", async () => {
    const asked: Asked[] = []
    const view = viewOf([onHost("cinnabar", "1")], asked)
    const unloaded: FleetView = { ...view, fleet: undefined, importers: async () => undefined }
    for (const either of [view, unloaded])
      await check(
        "{ flake.modules.nixos.made = { a$0 = 1; }; }",
        "**a** · string\n\n**cinnabar**: `1`",
        either,
      )
    assert.deepEqual(asked, [
      { path: "a", hosts: undefined },
      { path: "a", hosts: undefined },
    ])
  })

  it("says that no host imports the aspect", () =>
    check("{ flake.modules.nixos.unused = { a$0 = 1; }; }", "**a**\n\nno host imports nixos.unused"))

  it("says that no host imports the module that an option is", () => {
    const outline = { ...fleet, containers: [{ option: ["perSystem"], depth: 0 }] }
    const view = { ...viewOf([]), outline, fleet: undefined, importers: async () => [] }
    return check("{ perSystem = { a$0 = 1; }; }", "**a**\n\nno host imports perSystem", view)
  })
})
