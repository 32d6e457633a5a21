// How an option is shown: its value on every host, who set it, who lost.

import type { Definition, OptionOnHost } from "../../../server/src/fleet/index.js"
import { check, onHost, viewOf } from "./fixture.js"

function definition(
  at: string,
  valueText: string,
  priority: number,
  rest: Partial<Definition> = {},
): Definition {
  const [file, line] = at.split(":")
  return { file, line: Number(line), column: 1, valueText, priority, wins: true, ...rest }
}

/** What the option under any cursor looks like, given its answers. */
const checkOption = (hosts: readonly OptionOnHost[], expected: string) =>
  check("{ a.b$0 = 1; }", expected, viewOf(hosts))

describe("hover on an option", () => {
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

  it("compares a definition with those of its own host", () =>
    checkOption(
      [
        onHost("cinnabar", "1", {
          highestPrio: 1000,
          definitions: [definition("/fleet/a.nix:1", "1", 1000)],
        }),
        onHost("electrum", "1", {
          highestPrio: 50,
          definitions: [
            definition("/fleet/a.nix:1", "1", 1000, { wins: false }),
            definition("/fleet/b.nix:2", "1", 50),
          ],
        }),
      ],
      `
**a.b** · string

**cinnabar, electrum**: \`1\`
- [a.nix:1](file:///fleet/a.nix#L1) · mkDefault (1000) · only cinnabar
- [b.nix:2](file:///fleet/b.nix#L2) · mkForce (50) · only electrum
- overridden: \`1\` [a.nix:1](file:///fleet/a.nix#L1) · mkDefault (1000) · only electrum
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
})
