// Plans: facts in, commands, changes and warnings out.

import assert from "node:assert/strict"
import {
  commandLine,
  type DeployFacts,
  deployCommands,
  planDeploy,
  planPage,
} from "../../server/src/deploy/index.js"
import type { BrokenPackage, Host } from "../../server/src/fleet/index.js"

const galena: Host = {
  name: "galena",
  class: "nixos",
  system: "x86_64-linux",
  tags: [],
  target: "root@galena.zt",
  aspects: [],
  modules: 1,
  drvPath: "/nix/store/abc-nixos-system-galena.drv",
}
const rosegold: Host = { ...galena, name: "rosegold", class: "darwin", system: "aarch64-darwin", target: "" }
const home: Host = { ...galena, name: "crs58", class: "homeManager", target: "" }
const ollama: BrokenPackage = {
  name: "ollama",
  file: "/a.nix",
  line: 1,
  hosts: ["galena"],
  systems: ["x86_64-linux"],
  why: "marked as broken",
  kind: "broken",
}

function facts(more: Partial<DeployFacts> = {}): DeployFacts {
  const fleet = { root: "/fleet", hosts: [galena, rosegold, home], aspects: [], containers: [], inputs: [] }
  return { fleet, clan: true, vars: [], broken: [], ...more }
}

function planOf(host: string, more: Partial<DeployFacts> = {}) {
  return planDeploy(facts(more), [host]).hosts[0]
}

describe("a deploy plan", () => {
  it("updates a machine of a clan with clan, and nothing else", () => {
    const plan = planDeploy(facts(), ["galena"])
    assert.equal(plan.hosts[0].backend, "clan")
    assert.deepEqual(deployCommands(plan), [["clan", "machines", "update", "galena"]])
  })

  it("keeps the order in which hosts were named", () => {
    assert.deepEqual(deployCommands(planDeploy(facts(), ["rosegold", "galena"])), [
      ["clan", "machines", "update", "rosegold"],
      ["clan", "machines", "update", "galena"],
    ])
  })

  it("uses the tool of the host's class where there is no clan", () => {
    const clan = false
    const command = (host: string) => planOf(host, { clan }).steps[0].command.join(" ")
    assert.equal(
      command("galena"),
      "nixos-rebuild switch --flake .#galena --target-host root@galena.zt --sudo",
    )
    assert.equal(command("rosegold"), "sudo darwin-rebuild switch --flake .#rosegold")
    assert.equal(command("crs58"), "home-manager switch --flake .#crs58")
  })

  it("uses the tool that the fleet deploys with", () => {
    const fleet = {
      root: "/fleet",
      hosts: [
        { ...galena, deployer: "colmena" as const },
        { ...rosegold, deployer: "deploy-rs" as const },
      ],
      aspects: [],
      containers: [],
      inputs: [],
    }
    const { hosts } = planDeploy(facts({ fleet, clan: false }), ["galena", "rosegold"])
    assert.deepEqual(
      hosts.map(({ backend, steps }) => [backend, ...steps[0].command]),
      [
        ["colmena", "colmena", "apply", "--on", "galena"],
        ["deploy", "deploy", ".#rosegold"],
      ],
    )
  })

  it("runs nothing for a fleet that is no flake, and says so", () => {
    const plan = planDeploy(facts({ clan: false, flakeless: true }), ["galena"])
    assert.deepEqual(deployCommands(plan), [])
    assert.match(planPage(plan), /switch to it as you do without a flake/)
  })

  it("warns before it activates on the machine that one sits at", () => {
    assert.match(planOf("rosegold", { clan: false }).warnings.join(), /go on only if it is rosegold/)
  })

  it("says that clan generates vars for all machines first, and which", () => {
    const zerotier = {
      host: "electrum",
      generator: "zerotier",
      file: "secret-key",
      secret: true,
      present: false,
    }
    const { changes, warnings } = planOf("galena", { vars: [zerotier] })
    assert.match(changes.join("\n"), /generates for all machines and commits: electrum: zerotier\/secret-key/)
    assert.deepEqual(
      warnings.filter(line => line.includes("zerotier")),
      [],
    )
  })

  it("warns of a secret of the host itself that is missing", () => {
    const zerotier = {
      host: "galena",
      generator: "zerotier",
      file: "secret-key",
      secret: true,
      present: false,
    }
    assert.match(
      planOf("galena", { vars: [zerotier] }).warnings.join(),
      /the secret 'zerotier\/secret-key' does not exist/,
    )
  })

  it("warns of a package that will not build, unless a fallback stands in for it", () => {
    assert.match(
      planOf("galena", { broken: [ollama] }).warnings.join(),
      /'ollama' will not build: marked as broken/,
    )
    const fallback = { ...ollama, fallback: "stable" }
    assert.doesNotMatch(planOf("galena", { broken: [fallback] }).warnings.join(), /ollama/)
    assert.doesNotMatch(planOf("rosegold", { broken: [ollama] }).warnings.join(), /ollama/)
  })

  it("warns of a machine that nobody said how to reach", () => {
    assert.match(planOf("rosegold").warnings.join(), /no deploy target/)
  })

  it("runs nothing for a host that does not evaluate, and says why", () => {
    const broken = { ...galena, error: "attribute 'x' missing" }
    const plan = planDeploy(
      facts({ fleet: { root: "/", hosts: [broken], aspects: [], containers: [], inputs: [] } }),
      ["galena"],
    )
    assert.deepEqual(deployCommands(plan), [])
    assert.deepEqual(plan.hosts[0].warnings, ["galena does not evaluate: attribute 'x' missing"])
  })

  it("names the hosts there are when one is asked for that is not", () => {
    assert.throws(
      () => planDeploy(facts(), ["galene"]),
      new Error("there is no host 'galene'; the hosts are galena, rosegold, crs58"),
    )
  })

  it("reads as a page: what to mind, what changes, what runs", () => {
    const page = planPage(planDeploy(facts({ broken: [ollama] }), ["galena"]))
    assert.match(page, /^# Deploy galena with clan\n/)
    const order = ["Before you say yes", "What will change", "What will run", "clan machines update galena"]
    const places = order.map(text => page.indexOf(text))
    assert(
      places.every(place => 0 <= place),
      page,
    )
    assert.deepEqual(
      [...places].sort((a, b) => a - b),
      places,
    )
  })

  it("quotes what a shell would take apart", () => {
    assert.equal(
      commandLine(["clan", "machines", "update", "a b", "it's"]),
      "clan machines update 'a b' 'it'\\''s'",
    )
    assert.equal(commandLine(["x", "$(reboot)", ".#galena", ""]), "x '$(reboot)' .#galena ''")
  })
})
