// What hover shows. The fleet below is data as the evaluation thread gives it; the cursor is `$0`, and the answer is the
// Markdown, exactly.

import assert from "node:assert/strict"
import type {
  AspectName,
  Definition,
  Fleet,
  FunctionAnswer,
  OptionAnswer,
  OptionOnHost,
  PackageAnswer,
} from "../../server/src/fleet/index.js"
import { analyze, type FleetView } from "../../server/src/ide/index.js"
import { atCursor } from "../harness/fixture.js"

const host = (name: string) => ({
  name,
  class: "nixos" as const,
  system: "x86_64-linux",
  tags: [],
  target: "",
  aspects: [],
  modules: 1,
})

const aspect = (aspectClass: string, name: string, hosts: string[]) => ({
  name,
  class: aspectClass,
  option: "flake.modules",
  files: [`/fleet/modules/${name}.nix`],
  hosts,
  importedBy: ["server"],
})

const fleet: Fleet = {
  root: "/fleet",
  hosts: ["argentum", "cinnabar", "electrum"].map(host),
  aspects: [
    aspect("nixos", "ssh", ["electrum", "cinnabar"]),
    aspect("nixos", "unused", []),
    aspect("darwin", "ssh", ["argentum"]),
  ],
  containers: [{ option: ["flake", "modules"], depth: 2 }],
  inputs: [
    {
      name: "nixpkgs",
      url: "github:NixOS/nixpkgs/nixos-unstable",
      rev: "0123456789abcdef0123",
      lastModified: 1_767_225_600,
    },
  ],
}

function definition(
  at: string,
  valueText: string,
  priority: number,
  rest: Partial<Definition> = {},
): Definition {
  const [file, line] = at.split(":")
  return { file, line: Number(line), column: 1, valueText, priority, wins: true, ...rest }
}

function onHost(name: string, valueText: string, rest: Partial<OptionOnHost> = {}): OptionOnHost {
  return {
    host: name,
    class: "nixos",
    valueText,
    isDefined: true,
    highestPrio: 100,
    type: "string",
    description: "",
    declarations: [],
    definitions: [],
    ...rest,
  }
}

interface Asked {
  path: string
  hosts: readonly string[] | undefined
}

const nothing: () => never = () => assert.fail("asked")

/** A view that answers every option with these hosts, and writes down what it was asked. */
function viewOf(hosts: readonly OptionOnHost[], asked: Asked[] = []): FleetView {
  return {
    outline: fleet,
    fleet,
    importers: nothing,
    describe: nothing,
    package: nothing,
    role: nothing,
    option: async (path, names): Promise<OptionAnswer> => {
      asked.push({ path, hosts: names })
      return { path, hosts }
    },
  }
}

async function check(source: string, expected: string | undefined, view = viewOf([])): Promise<void> {
  const { text, cursor } = atCursor(source)
  const found = await analyze("/fleet/modules/ssh.nix", text).hover(cursor, view)
  assert.equal(found?.markdown, expected?.trim())
}

/** What the option under any cursor looks like, given its answers. */
const checkOption = (hosts: readonly OptionOnHost[], expected: string) =>
  check("{ a.b$0 = 1; }", expected, viewOf(hosts))

describe("hover on an option", () => {
  it("shows of a set of options what is set, and what else there is", () => {
    const view: FleetView = {
      ...viewOf([]),
      option: async path => ({
        path,
        hosts: [],
        sets: ["cinnabar", "electrum"].map(host => ({
          host,
          options: [
            { name: "banner", holdsOptions: false, valueText: `"${"=".repeat(60)}"` },
            { name: "enable", holdsOptions: false, valueText: "true" },
            { name: "port", holdsOptions: false, ...(host === "cinnabar" ? { valueText: "22" } : {}) },
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

- **enable**: \`true\`
- **port**: \`22\` on cinnabar
- **banner**: \`"${"=".repeat(60)}"\`
- **rules**: 2 different values

not set: hostKeys

with options below: settings
`,
      view,
    )
  })

  it("shows type, default, description, and one line for hosts with the same value", () =>
    checkOption(
      [
        onHost("cinnabar", '"no"', {
          type: 'one of "yes", "no"',
          description: "Whether {option}`root` may log in.",
          default: '"yes"',
          declarations: [{ file: "/nix/store/x/nixos/modules/ssh/sshd.nix", line: 8, column: 5 }],
        }),
        onHost("electrum", '"no"'),
        onHost("argentum", '"yes"'),
      ],
      `
**a.b** · one of "yes", "no" · default \`"yes"\`

Whether \`root\` may log in.

**cinnabar, electrum**: \`"no"\`

**argentum**: \`"yes"\`

declared in [modules/ssh/sshd.nix:8](file:///nix/store/x/nixos/modules/ssh/sshd.nix#L8)
`,
    ))

  it("says who won and over whom, with priorities, once for all hosts of a group", () => {
    const definitions = [
      definition("/fleet/modules/a.nix:3", '"maybe"', 1000, { wins: false }),
      definition("/fleet/modules/b.nix:7", '"no"', 50, { via: "flake.modules.nixos.ssh" }),
      definition("/fleet/modules/c.nix:9", '"yes"', 100, { wins: false, condition: "false" }),
      definition("/nixpkgs/nixos/ssh.nix:1", '"yes"', 1500, { wins: false }),
    ]
    return checkOption(
      [onHost("cinnabar", '"no"', { definitions }), onHost("electrum", '"no"', { definitions })],
      `
**a.b** · string

**cinnabar, electrum**: \`"no"\`
- [modules/b.nix:7](file:///fleet/modules/b.nix#L7) · mkForce (50) · flake.modules.nixos.ssh
- overridden: \`"maybe"\` [modules/a.nix:3](file:///fleet/modules/a.nix#L3) · mkDefault (1000)
- overridden: \`"yes"\` [nixpkgs/nixos/ssh.nix:1](file:///nixpkgs/nixos/ssh.nix#L1) · option default (1500)
- inactive, mkIf is false: \`"yes"\` [modules/c.nix:9](file:///fleet/modules/c.nix#L9) · priority 100
`,
    )
  })

  it("does not call a definition overridden that fails", () =>
    checkOption(
      [
        onHost("cinnabar", "", {
          error: "needs a build of 'x'",
          highestPrio: 100,
          definitions: [definition("/fleet/a.nix:1", "«error: needs a build of 'x'»", 100, { wins: false })],
        }),
      ],
      `
**a.b** · string

**cinnabar**: ⚠ needs a build of 'x'
- fails: \`«error: needs a build of 'x'»\` [a.nix:1](file:///fleet/a.nix#L1) · priority 100
`,
    ))

  it("names the hosts of a definition that not all of its group have", () =>
    checkOption(
      [
        onHost("cinnabar", "1", { definitions: [definition("/fleet/a.nix:1", "1", 100)] }),
        onHost("electrum", "1", { definitions: [definition("/fleet/b.nix:2", "1", 50)] }),
      ],
      `
**a.b** · string

**cinnabar, electrum**: \`1\`
- [a.nix:1](file:///fleet/a.nix#L1) · priority 100 · only cinnabar
- [b.nix:2](file:///fleet/b.nix#L2) · mkForce (50) · only electrum
`,
    ))

  it("shows what each of several winners adds", () =>
    checkOption(
      [
        onHost("cinnabar", "[ 1 2 ]", {
          definitions: [
            definition("/fleet/a.nix:1", "[ 1 ]", 100),
            definition("/fleet/b.nix:2", "[ 2 ]", 100),
          ],
        }),
      ],
      `
**a.b** · string

**cinnabar**: \`[ 1 2 ]\`
- \`[ 1 ]\` [a.nix:1](file:///fleet/a.nix#L1) · priority 100
- \`[ 2 ]\` [b.nix:2](file:///fleet/b.nix#L2) · priority 100
`,
    ))

  it("shows errors by host, last, and goes on showing the other hosts", () =>
    checkOption(
      [
        onHost("argentum", "", { isDefined: false, type: "", error: "infinite recursion\nencountered" }),
        onHost("cinnabar", "1"),
        onHost("electrum", "", { isDefined: false }),
      ],
      `
**a.b** · string

**cinnabar**: \`1\`

**electrum**: not set

**argentum**: ⚠ infinite recursion encountered
`,
    ))

  it("shortens long values, long descriptions and long lists of hosts", () => {
    const value = `''\n${Array.from({ length: 20 }, (_, line) => `  line ${line} ${"x".repeat(line * 10)}`).join("\n")}\n''`
    const description = `${"First words. ".repeat(20)}\n\n${"Second paragraph. ".repeat(20)}`
    const hosts = Array.from({ length: 11 }, (_, index) => onHost(`host${index}`, value, { description }))
    return checkOption(
      hosts,
      `
**a.b** · string

${"First words. ".repeat(20).trim()} …

**host0, host1, host2, host3, host4, host5 and 5 more**:
\`\`\`nix
''
${Array.from({ length: 7 }, (_, line) => `  line ${line} ${"x".repeat(line * 10)}`).join("\n")}
… 14 more lines
\`\`\`
`,
    )
  })

  it("cannot be broken by what values contain", () =>
    checkOption(
      [
        onHost("cinnabar", '"a `b` ``c``"', {
          type: "list of <*x*>",
          definitions: [definition("/fleet/a (b)/[c].nix:1", "x", 100)],
        }),
      ],
      `
**a.b** · list of \\<\\*x\\*\\>

**cinnabar**: \`\`\`"a \`b\` \`\`c\`\`"\`\`\`
- [a (b)/\\[c\\].nix:1](file:///fleet/a%20%28b%29/%5Bc%5D.nix#L1) · priority 100
`,
    ))

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
    await check("{ a.b$0 = 1; }", "**a.b** · string\n\n**cinnabar**: `1`", view)
    assert.deepEqual(asked, [
      { path: 'a."b.c".d', hosts: ["cinnabar", "electrum"] },
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

  it("says that no host imports the aspect", () =>
    check("{ flake.modules.nixos.unused = { a$0 = 1; }; }", "**a**\n\nno host imports nixos.unused"))
})

describe("hover on other things", () => {
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

  it("shows an argument with its default", () =>
    check("{ lib, a ? 1 }: a$0", "```nix\na ? 1\n```\nargument, line 1"))

  it("shows what a flake input is locked to", () =>
    check(
      "{ inputs, ... }: inputs.nix$0pkgs",
      `
**nixpkgs** · flake input

github:NixOS/nixpkgs/nixos-unstable

locked at \`0123456789ab\` of 2026-01-01
`,
    ))

  it("shows the own inputs of a flake input, and what one of them follows", async () => {
    const parts = {
      name: "parts",
      url: "github:hercules-ci/flake-parts",
      inputs: [{ name: "lib", url: "github:NixOS/nixpkgs/nixos-unstable", follows: "nixpkgs" }],
    }
    const view: FleetView = { ...viewOf([]), outline: { ...fleet, inputs: [parts] } }
    const flake = (inputs: string) => `{ inputs.parts = ${inputs}; outputs = x: 1; }`
    await check(
      flake('{ url = "github:h$0ercules-ci/flake-parts"; }'),
      "**parts** · flake input\n\ngithub:hercules-ci/flake-parts\n\nits inputs: lib (follows nixpkgs)",
      view,
    )
    await check(
      flake('{ inputs.lib.follows = "$0nixpkgs"; }'),
      "**parts/lib** · flake input\n\nfollows `nixpkgs`\n\ngithub:NixOS/nixpkgs/nixos-unstable",
      view,
    )
    await check(flake('{ inputs.other.follows = "$0nixpkgs"; }'), undefined, view)
  })

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

describe("hover on a function of a library", () => {
  const answering = (answers: Readonly<Record<string, FunctionAnswer>>): FleetView => ({
    ...viewOf([]),
    describe: async (root, path) => answers[[root, ...path].join(" ")],
  })
  const mkDefault = {
    args: ["content"],
    comment: "Gives way.\n\n# Inputs\n\n`content`\n: a value\n\n:::{.example}\n```nix\n# a remark\n```\n:::",
    place: { file: "/fleet/lib.nix", line: 3, column: 5 },
  }

  it("shows how it is called, and the comment above it without what only nixpkgs' manual has", () =>
    check(
      "{ lib, ... }: { a = lib.mkDef$0ault 1; }",
      `
\`\`\`nix
lib.mkDefault content
\`\`\`

Gives way.

**Inputs**

\`content\`
: a value

\`\`\`nix
# a remark
\`\`\`

defined in [lib.nix:3](file:///fleet/lib.nix#L3)
`,
      answering({ "lib mkDefault": mkDefault }),
    ))

  it("says what a word of the module system means where nobody else does", () =>
    check(
      "{ lib, ... }: { a = lib.mkForce$0 1; }",
      "```nix\nlib.mkForce\n```\n\nA definition that wins over plain ones: priority 50, where they have 100.",
      answering({ "lib mkForce": { args: [], comment: "" } }),
    ))

  it("shows the builtin that it is", () =>
    check(
      "{ lib, ... }: lib.tr$0ue",
      "```nix\nbuiltins.true\n```\nThe Boolean `true`.",
      answering({ "lib true": { args: [], comment: "", builtin: "true" } }),
    ))

  it("shows the input where its library has no such function", async () => {
    const view = answering({ "inputs nixpkgs lib f": { args: ["x"], comment: "" } })
    await check("{ inputs, ... }: inputs.nixpkgs.lib.f$0", "```nix\nnixpkgs.lib.f x\n```", view)
    await check(
      "{ inputs, ... }: inputs.nixpkgs.lib.g$0",
      "**nixpkgs** · flake input\n\ngithub:NixOS/nixpkgs/nixos-unstable\n\nlocked at `0123456789ab` of 2026-01-01",
      view,
    )
  })

  it("says nothing of what is no function", () =>
    check("{ lib, ... }: lib.version$0", undefined, answering({})))
})

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
