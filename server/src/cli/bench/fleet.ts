// `canopy bench fleet --hosts N`: how time and memory grow with the number of hosts, on a fleet that is made up for it.
//
// The fleet is dendritic, as large ones are: import-tree finds the files, flake-parts holds the aspects, every host is an
// aspect that imports a few others. Each question is a process of its own, after one that has filled the caches.

import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { Failure } from "../command.js"
import type { Terminal } from "../terminal.js"
import { secondsOfChildren, timesScript } from "./cpu-times.js"

/** Where the inputs of the fleet are. */
export interface FleetInputs {
  readonly nixpkgs: string
  readonly flakeParts: string
  readonly importTree: string
}

const questions: readonly (readonly string[])[] = [
  ["hosts", "--json"],
  ["aspects", "--json"],
  ["option", "networking.hostName", "--json"],
]

const aspectCount = 24

/** A line a question and size: CPU seconds, and the most memory. */
export function benchFleets(sizes: readonly number[], inputs: FleetInputs, terminal: Terminal): void {
  terminal.out("HOSTS  QUESTION                    CPU s  PEAK MB\n")
  const cache = mkdtempSync(join(tmpdir(), "canopy-bench-"))
  try {
    for (const size of sizes) benchFleet(size, inputs, cache, terminal)
  } finally {
    rmSync(cache, { recursive: true })
  }
}

function benchFleet(size: number, inputs: FleetInputs, cache: string, terminal: Terminal): void {
  const folder = mkdtempSync(join(tmpdir(), "canopy-fleet-"))
  try {
    for (const [path, text] of fleetFiles(size, inputs)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    measure(["option", "networking.hostName", "--host", hostName(0)], folder, cache)
    for (const question of questions) {
      const { seconds, peakMb } = measure(question, folder, cache)
      const name = question.filter(word => word !== "--json").join(" ")
      const figures = `${seconds.toFixed(1).padStart(6)}  ${String(peakMb).padStart(7)}`
      terminal.out(`${String(size).padStart(5)}  ${name.padEnd(26)}${figures}\n`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @throws Failure when the question fails */
function measure(question: readonly string[], folder: string, cache: string) {
  const canopy = [process.execPath, join(__dirname, "cli.js"), ...question, folder, "--stats"]
  const { stdout, stderr, status } = spawnSync("sh", ["-c", timesScript, "sh", ...canopy], {
    env: { ...process.env, CANOPY_CACHE: cache },
    encoding: "utf8",
  })
  if (status !== 0) throw new Failure(`'canopy ${question.join(" ")}' failed: ${stderr.trim()}`)
  const peakMb = Number(/peak memory, MB\s+(\d+)/.exec(stderr)?.[1] ?? Number.NaN)
  return { seconds: secondsOfChildren(stdout), peakMb }
}

function hostName(i: number): string {
  return `host-${String(i).padStart(4, "0")}`
}

/** All files of a fleet by path. */
function* fleetFiles(size: number, inputs: FleetInputs): Iterable<readonly [path: string, text: string]> {
  yield ["flake.nix", flakeOf(inputs)]
  yield ["modules/flake-parts.nix", partsModule]
  for (let i = 0; i < aspectCount; i++) yield [`modules/aspects/${i}.nix`, aspectModule(i)]
  for (let i = 0; i < size; i++) yield [`modules/hosts/${hostName(i)}.nix`, hostModule(i)]
}

function flakeOf({ nixpkgs, flakeParts, importTree }: FleetInputs): string {
  return `{
  inputs.nixpkgs.url = "path:${nixpkgs}";
  inputs.flake-parts = {
    url = "path:${flakeParts}";
    inputs.nixpkgs-lib.follows = "nixpkgs";
  };
  inputs.import-tree.url = "path:${importTree}";
  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
}
`
}

const partsModule = `{ inputs, ... }:
{
  imports = [ inputs.flake-parts.flakeModules.modules ];
  systems = [ "x86_64-linux" ];
}
`

function aspectModule(i: number): string {
  return `{
  flake.modules.nixos.aspect-${i} =
    { lib, ... }:
    {
      networking.firewall.allowedTCPPorts = [ ${8000 + i} ];
      services.openssh.enable = lib.mkDefault true;
    };
}
`
}

/** Every host has the first aspect and three others, a different choice each. */
function hostModule(i: number): string {
  const aspects = [0, 1 + (i % 7), 8 + (i % 8), 16 + (i % 8)].map(number => `aspect-${number}`)
  const name = hostName(i)
  return `{ config, inputs, ... }:
let
  aspects = config.flake.modules.nixos;
in
{
  flake.modules.nixos."hosts/${name}" = {
    imports = with aspects; [ ${aspects.join(" ")} ];
    nixpkgs.hostPlatform = "x86_64-linux";
    networking.hostName = "${name}";
    system.stateVersion = "25.11";
  };
  flake.nixosConfigurations.${name} = inputs.nixpkgs.lib.nixosSystem {
    modules = [ aspects."hosts/${name}" ];
  };
}
`
}
