// The commands on fleets, as the program runs them on the embedded example: the fields that the contract names, and what
// the example is known to say. What the answers are is tested in test/fleet; here it is that they arrive.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { canopy, repository } from "./canopy.js"

const example = join(repository, "examples/fleet")
const machines = [
  "argentum",
  "blackphos",
  "cinnabar",
  "electrum",
  "galena",
  "rosegold",
  "scheelite",
  "stibnite",
]

function answer(args: readonly string[], status = 0) {
  const result = canopy(args, { folder: example })
  assert.equal(result.status, status, result.stderr)
  return JSON.parse(result.stdout)
}

/** A new repository whose only commit has this flake.nix. */
function committedFlake(purpose: string, text: string): string {
  const folder = temporaryFolder(purpose)
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: folder })
  writeFileSync(join(folder, "flake.nix"), text)
  git("init", "-q")
  git("add", ".")
  git("commit", "-qm", "a")
  return folder
}

describe("canopy, of a fleet,", function () {
  this.timeout(120_000)

  it("lists hosts although the inputs cannot be locked, and says that Nix would refuse the flake", () => {
    const outputs = "outputs = _: { nixosConfigurations.one = { config = { }; options = { }; }; };"
    const folder = committedFlake("unlocked", `{ inputs.more.url = "github:a/b"; ${outputs} }`)
    for (const command of ["hosts", "aspects"]) {
      const { status, stdout, stderr } = canopy([command, "--offline", folder])
      assert.equal(status, 0, stderr)
      assert.match(
        stderr,
        /^warning: Nix would refuse this flake: input 'more' is missing: .* is not locked$/m,
      )
      if (command === "hosts") assert.match(stdout, /^one +nixos$/m)
      else assert.match(stderr, /^this flake has no aspects/)
    }
    assert.equal(canopy(["hosts", "--offline", example]).stderr, "")
  })
  it("lists every host with its class, system, tags, target and aspects", () => {
    const hosts = answer(["hosts", "--json"])
    const byName = new Map(hosts.map((host: { name: string }) => [host.name, host]))
    for (const name of machines) assert.ok(byName.has(name), name)
    const {
      class: hostClass,
      system,
      tags,
      target,
      aspects,
      modules,
    } = byName.get("cinnabar") as {
      class: string
      system: string
      tags: string[]
      target: string
      aspects: string[]
      modules: number
    }
    assert.deepEqual([hostClass, system, target], ["nixos", "x86_64-linux", "root@cinnabar.zt"])
    assert.ok(tags.includes("controller") && aspects.includes("edge") && 10 < modules)
  })

  it("tells the system of a machine from that of a home of its name", () => {
    const folder = temporaryFolder("same-name")
    const parts = `config.system.build.toplevel.drvPath = "/machine.drv"; options = { };`
    const outputs = `{ nixosConfigurations.me = { ${parts} }; homeConfigurations.me = throw "no home"; }`
    writeFileSync(join(folder, "flake.nix"), `{ outputs = _: ${outputs}; }`)
    const { stdout } = canopy(["hosts", "--drv", "--json"], { folder })
    const [machine, home] = JSON.parse(stdout)
    assert.deepEqual([machine.class, machine.drvPath, machine.error], ["nixos", "/machine.drv", undefined])
    assert.deepEqual([home.class, home.drvPath], ["homeManager", undefined])
    assert.match(home.error, /^no home/)
  })

  it("prints hosts as a table, found from a folder inside of the flake", () => {
    const { status, stdout } = canopy(["hosts"], { folder: join(example, "modules/system") })
    assert.equal(status, 0)
    assert.match(stdout, /^HOST +CLASS +SYSTEM +TAGS +TARGET +ASPECTS\n/)
    assert.match(stdout, /^galena +nixos +x86_64-linux +/m)
    assert.ok(!stdout.includes("\x1b"), "no colours in a pipe")
  })

  it("prints an option's value, priority, winners and losers on every host", () => {
    const { path, hosts } = answer(["option", "services.openssh.settings.PermitRootLogin", "--json"])
    assert.equal(path, "services.openssh.settings.PermitRootLogin")
    const galena = hosts.find(({ host }: { host: string }) => host === "galena")
    assert.deepEqual([galena.value, galena.highestPrio], ["forced-commands-only", 50])
    const winners = galena.definitions.filter(({ wins }: { wins: boolean }) => wins)
    assert.equal(winners.length, 1)
    assert.match(winners[0].file, /modules\/machines\/nixos\/galena\/default\.nix$/)
    assert.ok(galena.definitions.some(({ condition }: { condition?: string }) => condition === "false"))
  })

  it("asks many options at once, on one host", () => {
    const input = "networking.hostName\nfleet.monitoring.interval\n"
    const args = ["option", "--paths-from", "-", "--host", "electrum", "--json"]
    const { status, stdout } = canopy(args, { folder: example, input })
    assert.equal(status, 0)
    const values = JSON.parse(stdout).map((one: { hosts: { host: string; value: unknown }[] }) =>
      one.hosts.map(({ host, value }) => [host, value]),
    )
    assert.deepEqual(values, [[["electrum", "electrum"]], [["electrum", 30]]])
  })

  it("refuses an option that nobody has", () => {
    const none = canopy(["option", "no.such.option"], { folder: example })
    assert.deepEqual([none.status, none.stderr], [1, "error: no host has an option 'no.such.option'\n"])
    const near = canopy(["option", "networking.hostNmae"], { folder: example })
    assert.deepEqual(
      [near.status, near.stderr],
      [1, "error: no host has an option 'networking.hostNmae'; did you mean 'networking.hostName'?\n"],
    )
  })

  it("says why a flake has no hosts", () => {
    const folder = temporaryFolder("no-hosts")
    writeFileSync(join(folder, "flake.nix"), "{ outputs = _: { nixosConfigurations = { }; }; }")
    for (const command of ["hosts", "aspects"]) {
      const { status, stdout, stderr } = canopy([command], { folder })
      assert.deepEqual([status, stdout], [0, ""])
      assert.match(
        stderr,
        /^this flake has no hosts: none of the outputs nixosConfigurations, .* names one\n$/,
      )
    }
    const plan = canopy(["plan", "x"], { folder })
    assert.deepEqual([plan.status, plan.stderr], [1, "error: there is no host 'x'; the fleet has none\n"])
  })

  it("says why a flake does not evaluate, and not what is wrong with a file that nobody imports", () => {
    const folder = temporaryFolder("no-hosts")
    writeFileSync(join(folder, "a-template.nix"), "{ services.<NAME> = { }; }")
    writeFileSync(join(folder, "flake.nix"), '{ outputs = _: { nixosConfigurations = throw "no list"; }; }')
    const { status, stderr } = canopy(["hosts"], { folder })
    assert.deepEqual([status, stderr], [1, `error: no list\n       at ${folder}/flake.nix:1:40\n`])
  })

  it("lists aspects, who has them and where they are written", () => {
    const aspects = answer(["aspects", "--json"])
    const server = aspects.find((aspect: { name: string }) => aspect.name === "server")
    assert.equal(server.class, "nixos")
    assert.ok(server.hosts.includes("galena") && !server.hosts.includes("cinnabar"))
    assert.match(server.files[0], /aggregates\.nix$/)
  })

  it("prints findings as JSON and as SARIF, with status 1 when there are errors", () => {
    const findings = answer(["check", "--format", "json"], 1)
    const broken = findings.find(({ code }: { code: string }) => code === "package-broken")
    assert.deepEqual([broken.severity, broken.hosts], ["error", ["scheelite"]])
    assert.match(broken.file, /modules\/machines\/nixos\/scheelite\/default\.nix$/)
    const log = answer(["check", "--format", "sarif"], 1)
    assert.equal(log.runs[0].results.length, findings.length)
  })

  it("checks one host, whose findings alone decide the status", () => {
    const { status, stdout } = canopy(["check", "--host", "galena"], { folder: example })
    assert.equal(status, 0, "galena has warnings only")
    assert.match(stdout, /^modules\/machines\/nixos\/galena\/.*: warning: /m)
    assert.ok(!stdout.includes("(scheelite)"))
  })

  it("refuses a host that is not there, and says which are", () => {
    const edit = "--edit=flake.nix=flake.nix"
    for (const asked of [
      "hosts",
      "check",
      "vars",
      "packages",
      "option networking.hostName",
      `impact ${edit}`,
    ]) {
      const { status, stderr } = canopy([...asked.split(" "), "--host", "typo"], { folder: example })
      assert.equal(status, 1, asked)
      assert.match(stderr, /^error: there is no host 'typo'; the hosts are .*\bgalena\b.*\n$/, asked)
    }
  })

  it("lists channels, broken packages, and fallbacks that can go", () => {
    const { channels, fallbacks, broken } = answer(["packages", "--json"])
    assert.deepEqual(channels.map(({ name }: { name: string }) => name).sort(), ["stable", "unstable"])
    const states = Object.fromEntries(
      fallbacks.map((it: { name: string; state: string }) => [it.name, it.state]),
    )
    assert.deepEqual(states, { mactop: "needed", direnv: "removable" })
    assert.ok(broken.some(({ name }: { name: string }) => name === "ollama"))
  })

  it("lists vars, whether they are there, and nothing of what they hold", () => {
    const vars = answer(["vars", "--json"])
    const missing = vars.filter(({ present }: { present: boolean }) => !present)
    assert.deepEqual(Object.keys(vars[0]), ["host", "generator", "file", "secret", "share", "present"])
    assert.ok(missing.length > 0 && missing.length < vars.length)
    for (const { host, why } of missing)
      assert.equal(why, `not on disk; 'clan vars generate ${host}' makes it`)
    const galena = answer(["vars", "--host", "galena", "--json"])
    assert.deepEqual([...new Set(galena.map(({ host }: { host: string }) => host))], ["galena"])
  })

  it("says which systems, options and derivations an edit changes: those of the hosts that have the file", () => {
    const file = join(example, "modules/machines/nixos/cinnabar/default.nix")
    const folder = temporaryFolder("impact")
    const edited = join(folder, "edited.nix")
    const text = readFileSync(file, "utf8")
    writeFileSync(edited, text.replace('PermitRootLogin = "no"', 'PermitRootLogin = "yes"'))
    const asked = ["--host", "cinnabar", "--host", "galena", "--json"]
    const { hosts } = answer(["impact", "--edit", `${file}=${edited}`, ...asked])
    const [cinnabar, galena] = hosts
    const drv = ".#nixosConfigurations.cinnabar.config.system.build.toplevel.drvPath"
    assert.equal(cinnabar.before, answer(["eval", drv, "--json"]))
    assert.notEqual(cinnabar.after, cinnabar.before)
    assert.deepEqual([cinnabar.changed, galena.changed], [true, false])
    assert.deepEqual(cinnabar.options, ["services.openssh.settings.PermitRootLogin"])
    assert.ok(cinnabar.derivations.includes("unit-sshd.service"), cinnabar.derivations.join(" "))
    assert.deepEqual(galena.derivations, [])
  })

  it("says what an edit changes in a fleet without a flake, whose hosts the command line names", () => {
    const folder = temporaryFolder("impact-hosts")
    const host = (drv: string) =>
      `{ a = { config.system.build.toplevel.drvPath = "${drv}"; options = { }; }; }`
    writeFileSync(join(folder, "nodes.nix"), host("/before.drv"))
    writeFileSync(join(folder, "edited.nix"), host("/after.drv"))
    const asked = ["--hosts", "nixos", "nodes.nix#", "--edit", "nodes.nix=edited.nix", "--json"]
    const { status, stdout, stderr } = canopy(["impact", ...asked], { folder })
    assert.equal(status, 0, stderr)
    const [{ host: name, before, after }] = JSON.parse(stdout).hosts
    assert.deepEqual([name, before, after], ["a", "/before.drv", "/after.drv"])
  })

  it("takes a flake reference for a fleet, and compares with a revision", () => {
    const flake = (drv: string) => `{
  outputs = _: {
    nixosConfigurations.a = { config.system.build.toplevel.drvPath = "${drv}"; options = { }; };
  };
}`
    const folder = committedFlake("impact-base", flake("/before.drv"))
    for (const reference of [`git+file://${folder}`, `path:${folder}`]) {
      const [{ name }] = answer(["hosts", reference, "--json"])
      assert.equal(name, "a", reference)
    }
    const impact = () => {
      const { hosts } = answer(["impact", folder, "--base", "HEAD", "--json"])
      return hosts.map(({ before, after }: { before: string; after: string }) => [before, after])
    }
    assert.deepEqual(impact(), [["/before.drv", "/before.drv"]])
    writeFileSync(join(folder, "flake.nix"), flake("/after.drv"))
    assert.deepEqual(impact(), [["/before.drv", "/after.drv"]])
  })

  it("warns where the revision has no hosts to compare with", () => {
    const folder = committedFlake("impact-nothing", "{ outputs = _: { }; }")
    writeFileSync(
      join(folder, "flake.nix"),
      '{ outputs = _: { nixosConfigurations.a = { config.system.build.toplevel.drvPath = "/a.drv"; options = { }; }; }; }',
    )
    const { status, stderr } = canopy(["impact", "--base", "HEAD", "--json"], { folder })
    assert.equal(status, 0, stderr)
    assert.match(stderr, /^warning: nothing to compare with: /m)
  })

  it("wants an edit or a revision to say the impact of, and a file that is there", () => {
    const neither = canopy(["impact"], { folder: example })
    assert.equal(neither.status, 2)
    assert.match(neither.stderr, /^error: wanted either '--edit FILE=NEWFILE' or '--base REV'\n/)
    const gone = canopy(["impact", "--edit", "flake.nix=/nowhere/else.nix"], { folder: example })
    assert.equal(gone.status, 1)
    assert.match(gone.stderr, /^error: cannot read '\/nowhere\/else\.nix'/)
  })

  it("measures each question on a fleet that it makes up, whose size is a number", () => {
    const { status, stdout, stderr } = canopy(["bench", "fleet", "--hosts", "3"], { folder: example })
    assert.equal(status, 0, stderr)
    const rows = stdout
      .trim()
      .split("\n")
      .slice(1)
      .map(line => line.trim().split(/ {2,}/))
    assert.deepEqual(
      rows.map(row => row.slice(0, 2)),
      [
        ["3", "hosts"],
        ["3", "aspects"],
        ["3", "option networking.hostName"],
      ],
    )
    for (const [, , seconds, peak] of rows) assert.ok(Number(seconds) > 0 && Number(peak) > 0, stdout)
    assert.equal(canopy(["bench", "fleet", "--hosts", "some"], { folder: example }).status, 2)
  })

  it("plans a deploy: the command, what changes, and what to know before", () => {
    const { hosts } = answer(["plan", "galena", "--json"])
    assert.deepEqual(hosts[0].steps[0].command, ["clan", "machines", "update", "galena"])
    assert.ok(hosts[0].warnings.some((warning: string) => warning.includes("zerotier")))
    const page = canopy(["plan", "galena"], { folder: example })
    assert.match(page.stdout, /^# Deploy galena with clan\n/)
    const nobody = canopy(["plan", "nobody"], { folder: example })
    assert.equal(nobody.status, 1)
    assert.match(nobody.stderr, /^error: there is no host 'nobody'; the hosts are /)
  })

  it("deploys nothing without a yes, and with --dry-run shows the plan", () => {
    const dry = canopy(["deploy", "electrum", "--dry-run"], { folder: example })
    assert.equal(dry.status, 0)
    assert.match(dry.stdout, /clan machines update electrum/)
    const unasked = canopy(["deploy", "electrum"], { folder: example })
    assert.deepEqual(
      [unasked.status, unasked.stderr],
      [1, "error: there is no terminal to ask on; '--yes' deploys without asking\n"],
    )
  })

  it("runs the plan's command after a yes, in the flake's folder, and reports its failure", () => {
    const bin = temporaryFolder("bin")
    writeFileSync(join(bin, "clan"), '#!/bin/sh\necho "$PWD: clan $*"\nexit 7\n', { mode: 0o755 })
    const env = { PATH: `${bin}:${process.env.PATH}` }
    const { status, stdout, stderr } = canopy(["deploy", "electrum", "--yes"], { folder: example, env })
    assert.ok(stdout.endsWith(`${example}: clan machines update electrum\n`), stdout)
    assert.equal(status, 1)
    assert.match(stderr, /^error: 'clan machines update electrum' failed: exit code 7; /)
  })

  it("shows all of it on the example, as a demo", () => {
    const { status, stdout } = canopy(["demo"])
    assert.equal(status, 0)
    for (const part of [
      /^cinnabar +nixos/m,
      /set by/,
      /lost/,
      /package-broken/,
      /removable/,
      /clan machines update/,
      /VS Code/,
    ])
      assert.match(stdout, part)
    assert.ok(stdout.split("\n").length <= 100, "two screens")
    assert.ok(Math.max(...stdout.split("\n").map(line => line.length)) <= 120)
  })

  it("names the flakes below a folder that is none", () => {
    const folder = temporaryFolder("below")
    for (const path of ["infra/nix", "home", "home/template", "node_modules/x", ".hidden"]) {
      mkdirSync(join(folder, path), { recursive: true })
      writeFileSync(join(folder, path, "flake.nix"), "{ outputs = _: { }; }")
    }
    const { status, stderr } = canopy(["hosts"], { folder })
    assert.equal(status, 1)
    const found = "These folders below it have one:\n  home\n  infra/nix\n"
    assert.equal(stderr, `error: could not find a flake.nix file\n${found}`)
  })

  it("fails for a flake that does not evaluate, and does not call it empty", () => {
    const folder = temporaryFolder("broken")
    writeFileSync(join(folder, "flake.nix"), '{ outputs = _: throw "not today"; }\n')
    for (const args of [["hosts"], ["aspects"], ["packages"], ["option", "a.b"], ["plan", "x"]]) {
      const { status, stdout, stderr } = canopy(args, { folder })
      assert.deepEqual([status, stdout], [1, ""], args[0])
      assert.match(stderr, /not today/)
    }
  })
})
