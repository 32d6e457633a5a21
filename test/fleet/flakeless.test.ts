// Fleets without a flake: what default.nix, a hive or the person says of hosts, pins, and what is missing.

import assert from "node:assert/strict"
import { basename } from "node:path"
import { type EvaluationSession, openFleet } from "../../server/src/fleet/index.js"
import { fixture } from "../harness/fixture.js"
import { fleetRoot, inputsFolder } from "../harness/fleet-fixture.js"
import { MemoryFiles } from "../harness/memory-files.js"

/** A fleet of some files in a folder without a flake, on a machine that has nothing but a name. */
function flakeless(source: string, hosts: Record<string, string> = {}): EvaluationSession {
  const files = new MemoryFiles(fleetRoot)
  for (const { path, text } of fixture(source).files) files.write(fleetRoot + path, text)
  const flakelessMachine = (folder: string) => ({
    getEnv: () => "",
    searchPath: [],
    folder,
    currentSystem: "x86_64-linux",
    currentTime: 0,
  })
  const setup = { root: fleetRoot, offline: true, overrideInputs: {}, hosts }
  return openFleet(setup, files, undefined, { flakelessMachine })
}

/** Each host as one line. */
const hostsOf = (session: EvaluationSession) =>
  session
    .answer({ kind: "load" })
    .hosts.map(({ name, class: kind, target, tags, deployer, error }) =>
      [name, kind, target, ...tags, deployer, error].filter(Boolean).join(" "),
    )

const machine = `
{ config, lib, ... }: {
  options.networking.hostName = lib.mkOption { type = lib.types.str; };
  options.nixpkgs = lib.mkOption { type = lib.types.attrs; };
}`
const lib = `import ${inputsFolder}/nixpkgs/lib`

describe("a fleet without a flake", () => {
  it("has the hosts that default.nix names as a flake would, also as a function and under 'flake'", () => {
    const outputs = `{ flake.nixosConfigurations.a = lib.evalModules { class = "nixos"; modules = [ ./machine.nix { networking.hostName = "a"; } ]; }; }`
    const session = flakeless(`
#- /machine.nix
${machine}
#- /default.nix
{ lib ? ${lib} }: ${outputs}
`)
    assert.deepEqual(hostsOf(session), ["a nixos"])
    assert.equal(session.answer({ kind: "option", path: "networking.hostName" }).hosts[0].value, "a")
  })

  it("has the hosts that the person points to", () => {
    const session = flakeless(
      `
#- /machine.nix
${machine}
#- /all.nix
{ my.nodes.b = (${lib}).evalModules { class = "nixos"; modules = [ ./machine.nix ]; }; }
`,
      { nixos: "all.nix#my.nodes" },
    )
    assert.deepEqual(hostsOf(session), ["b nixos"])
  })

  it("finds the whole configuration where a function gives only values and options of it away", () => {
    const session = flakeless(`
#- /machine.nix
${machine}
#- /default.nix
let evaluated = (${lib}).evalModules { class = "nixos"; modules = [ ./machine.nix ./a.nix ]; };
in { nixosConfigurations.a = { inherit (evaluated) config options; }; }
#- /a.nix
{ networking.hostName = "a"; }
`)
    const [host] = session.answer({ kind: "load" }).hosts
    assert.equal(host.modules > 0, true, "the import tree is known")
  })

  it("evaluates a colmena hive: nodes, defaults, arguments, addresses and tags", () => {
    const session = flakeless(`
#- /hive.nix
{
  meta = { nixpkgs = ${inputsFolder}/nixpkgs; specialArgs.domain = "lan"; };
  defaults = { lib, ... }: { networking.hostName = lib.mkDefault "none"; };
  web = { name, nodes, domain, ... }: {
    networking.hostName = "\${name}-\${domain}-\${toString (builtins.length (builtins.attrNames nodes))}";
    deployment = { targetHost = "10.0.0.1"; tags = [ "edge" ]; };
  };
  db.deployment.targetUser = null;
}
`)
    assert.deepEqual(hostsOf(session), ["db nixos db colmena", "web nixos root@10.0.0.1 edge colmena"])
    const { hosts } = session.answer({ kind: "option", path: "networking.hostName" })
    assert.deepEqual(
      hosts.map(({ value }) => value),
      ["none", "web-lan-2"],
    )
    const places = hosts.map(({ definitions }) =>
      definitions.filter(({ wins }) => wins).map(({ file, line }) => `${basename(file)}:${line}`),
    )
    assert.deepEqual(places, [["hive.nix:3"], ["hive.nix:5"]])
  })

  it("evaluates a network of morph: with its packages, names, and no tool that would be colmena", () => {
    const session = flakeless(
      `
#- /network.nix
{
  network = { pkgs = import ${inputsFolder}/nixpkgs { system = "x86_64-linux"; }; specialArgs.domain = "lan"; };
  web = { domain, ... }: { deployment = { tags = [ domain ]; healthChecks.http = [ ]; }; };
  db.deployment.targetUser = "ann";
}
`,
      { hive: "network.nix" },
    )
    assert.deepEqual(hostsOf(session), ["db nixos ann@db", "web nixos web lan"])
    const { hosts } = session.answer({ kind: "option", path: "networking.hostName" })
    assert.deepEqual(
      hosts.map(({ value }) => value),
      ["db", "web"],
    )
  })

  it("says what is missing: a pinned source, and a word of where hosts are", () => {
    const pinned = flakeless(`
#- /npins.nix
{ nixpkgs = builtins.fetchTarball { url = "https://example.org/n.tar.gz"; sha256 = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="; }; }
#- /default.nix
{ nixosConfigurations.a = import ((import ./npins.nix).nixpkgs + "/nixos") { }; }
`)
    assert.match(
      hostsOf(pinned)[0],
      /^a nixos a source is missing: 'fetchTarball' wants 'https:\/\/example\.org\/n\.tar\.gz', which is not on this machine/,
    )
    assert.deepEqual(
      pinned.answer({ kind: "wanted" }).map(({ ref }) => ref.url),
      ["https://example.org/n.tar.gz"],
    )
    const [finding] = flakeless("#- /default.nix\n{ packages = { }; }\n").answer({ kind: "check" })
    assert.match(finding.message, /say where they are: the setting 'canopy\.evaluation\.hosts'/)
    assert.equal(finding.file, `${fleetRoot}/default.nix`)
  })

  it("reports hosts that are not where the person points to in that file, or in another that there is", () => {
    const files = "#- /nodes.nix\n{ }\n"
    const reported = (hosts: Record<string, string>) => {
      const [{ file, code }] = flakeless(files, hosts).answer({ kind: "check" })
      return `${code} in ${file.slice(fleetRoot.length)}`
    }
    assert.equal(reported({ nixos: "nodes.nix#gone" }), "missing-attribute in /nodes.nix")
    assert.equal(reported({ nixos: "gone.nix#a" }), "file-not-found in /gone.nix")
    assert.equal(reported({ nixos: "gone.nix#a", darwin: "nodes.nix" }), "file-not-found in /nodes.nix")
  })
})
