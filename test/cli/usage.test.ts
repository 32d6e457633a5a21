// The command line itself: what is wrong with it is said, with the usage, and ends with status 2.

import assert from "node:assert/strict"
import { readArguments, UsageError } from "../../server/src/cli/arguments.js"
import { aspectsCommand } from "../../server/src/cli/aspects.js"
import { checkCommand } from "../../server/src/cli/check.js"
import type { Command } from "../../server/src/cli/command.js"
import { deployCommand } from "../../server/src/cli/deploy.js"
import { hostsCommand } from "../../server/src/cli/hosts.js"
import { impactCommand } from "../../server/src/cli/impact.js"
import { commands } from "../../server/src/cli/index.js"
import { lockCommand } from "../../server/src/cli/lock.js"
import { optionCommand } from "../../server/src/cli/option.js"
import { packagesCommand } from "../../server/src/cli/packages.js"
import { planCommand } from "../../server/src/cli/plan.js"
import { varsCommand } from "../../server/src/cli/vars.js"
import { whyCommand } from "../../server/src/cli/why.js"
import { canopy } from "./canopy.js"

function refuses(args: readonly string[], message: RegExp): void {
  const { status, stdout, stderr } = canopy(args)
  assert.deepEqual([status, stdout], [2, ""])
  assert.match(stderr, message)
}

describe("the command line", function () {
  this.timeout(30_000)
  it("refuses commands and flags that it does not know", () => {
    refuses(["frobnicate"], /^error: 'frobnicate' is not a command of canopy\n/)
    refuses(["eval", "--frobnicate"], /^error: unrecognised flag '--frobnicate'\n\nusage: canopy eval /)
  })
  it("refuses flags without their values, and values without a flag that takes them", () => {
    refuses(["eval", "--arg", "x"], /^error: flag '--arg' requires 2 argument\(s\), but only 1 was given\n/)
    refuses(["hosts", "--json=yes"], /^error: flag '--json' takes no value\n/)
    refuses(["check", "--format", "yaml"], /^error: '--format' takes text, json or sarif, not 'yaml'\n/)
    refuses(["parse", "x.nix", "--print=cst"], /^error: '--print' takes ast, tree or scope, not 'cst'\n/)
  })
  it("refuses what contradicts itself", () => {
    refuses(["eval", "--json", "--raw", "--expr", "1"], /^error: --raw and --json are mutually exclusive\n/)
    refuses(["eval", "--expr", "1", "--file", "x.nix"], /^error: '--file' and '--expr' are exclusive\n/)
    refuses(["eval", "--expr", "1", "a", "-A", "b"], /^error: two attributes are given: 'a' and 'b'\n/)
  })
  it("wants what a command is about", () => {
    refuses(["plan"], /^error: no host is given\n/)
    refuses(["deploy"], /^error: no host is given\n/)
    refuses(["option"], /^error: no option is given\n/)
    refuses(["parse"], /^error: no file is given\n/)
    refuses(["lsp"], /^error: the language server speaks over '--stdio' only\n/)
    refuses(["hosts", ".", "more"], /^error: unexpected argument 'more'\n/)
  })
  it("lists its commands, with status 2 when none is given", () => {
    const { status, stdout } = canopy(["--help"])
    assert.equal(status, 0)
    for (const name of Object.keys(commands)) assert.match(stdout, new RegExp(`^  canopy ${name} `, "m"))
    assert.equal(canopy([]).status, 2)
  })
  it("names in the usage of commands on fleets every flag that they take", () => {
    const onFleets: Record<string, Command> = {
      ...{ aspects: aspectsCommand, check: checkCommand, deploy: deployCommand, hosts: hostsCommand },
      ...{ impact: impactCommand, lock: lockCommand, option: optionCommand, packages: packagesCommand },
      ...{ plan: planCommand, vars: varsCommand, why: whyCommand },
    }
    const untold = Object.entries(onFleets).flatMap(([name, { usage, flags }]) =>
      Object.keys(flags).flatMap(flag =>
        new RegExp(`\\W${flag}(?![a-z-])`).test(usage) ? [] : `${name} ${flag}`,
      ),
    )
    assert.deepEqual(untold, [])
  })
  it("explains one command", () => {
    const { status, stdout } = canopy(["option", "--help"])
    assert.equal(status, 0)
    assert.match(stdout, /^usage: canopy option \(PATH \| --paths-from FILE\) \[FLAKE\]/m)
  })
})

describe("arguments", () => {
  const flags = { "--json": 0, "--host": 1, "--arg": 2 } as const
  it("mix flags and operands", () => {
    const given = readArguments(["a", "--json", "b", "--host", "h", "c"], flags)
    assert.deepEqual(
      [given.operands, given.has("--json"), given.all("--host")],
      [["a", "b", "c"], true, ["h"]],
    )
  })
  it("repeat flags; of one that counts once the last holds", () => {
    const given = readArguments(["--host", "a", "--host=b", "--arg", "x", "1", "--arg", "y", "2"], flags)
    assert.deepEqual(given.all("--host"), ["a", "b"])
    assert.equal(given.one("--host"), "b")
    assert.deepEqual(given.pairs("--arg"), [
      ["x", "1"],
      ["y", "2"],
    ])
  })
  it("are operands after --, and - is one", () => {
    assert.deepEqual(readArguments(["-", "--", "--json", "-x"], flags).operands, ["-", "--json", "-x"])
  })
  it("have other spellings", () => {
    assert.deepEqual(readArguments(["-H", "h"], flags, { "-H": "--host" }).all("--host"), ["h"])
    assert.throws(() => readArguments(["-X"], flags, {}), UsageError)
  })
  it("do not take names that every object has for flags", () => {
    assert.throws(() => readArguments(["--constructor"], { "--json": 0 }), UsageError)
  })
})
