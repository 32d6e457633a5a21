// A small fleet in one string, evaluated: files lie in memory below /fleet, and inputs are those of the embedded example.
//
// A fixture without a flake.nix gets one, so that a test shows nothing but the modules it is about:
//
//   plainFlake      hosts alpha, beta, gamma: each /hosts/NAME.nix and /modules/base.nix, with the few options of
//                   /options.nix. No packages and no NixOS modules: such a fleet opens in a tenth of a second.
//   dendriticFlake  flake-parts modules that import-tree finds below /modules, aspects in `flake.modules`.

import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { CancelFlag } from "../../server/src/base/index.js"
import { bytesOf } from "../../server/src/eval/index.js"
import {
  type EvaluationSession,
  type Finding,
  type OptionOnHost,
  type Outside,
  openFleet,
} from "../../server/src/fleet/index.js"
import { fixture } from "./fixture.js"
import { MemoryFiles } from "./memory-files.js"

/** Folder with the example's inputs. */
export const inputsFolder = join(dirname(fileURLToPath(import.meta.url)), "../../examples/inputs")

/** Where fleets of fixtures lie. */
export const fleetRoot = "/fleet"

const plainFlake = `
{
  inputs.nixpkgs.url = "path:${inputsFolder}/nixpkgs";

  outputs =
    { self, nixpkgs }:
    let
      host = name: nixpkgs.lib.evalModules {
        class = "nixos";
        modules = [ ./options.nix ./modules/base.nix ./hosts/\${name}.nix ];
      };
    in
    {
      nixosConfigurations = nixpkgs.lib.genAttrs [ "alpha" "beta" "gamma" ] host;
    };
}
`

const plainOptions = `
{ lib, ... }:
{
  options = {
    assertions = lib.mkOption { type = lib.types.listOf lib.types.unspecified; default = [ ]; };
    warnings = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
    name = lib.mkOption { type = lib.types.str; };
    greeting = lib.mkOption { type = lib.types.str; default = "hello"; };
    port = lib.mkOption { type = lib.types.port; default = 22; };
    tags = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
    users = lib.mkOption {
      default = { };
      type = lib.types.attrsOf (lib.types.submodule {
        options.shell = lib.mkOption { type = lib.types.str; default = "bash"; };
        options.uid = lib.mkOption { type = lib.types.int; };
      });
    };
  };
}
`

const dendriticFlake = `
{
  inputs = {
    nixpkgs.url = "path:${inputsFolder}/nixpkgs";
    flake-parts.url = "path:${inputsFolder}/flake-parts";
    flake-parts.inputs.nixpkgs-lib.follows = "nixpkgs";
    import-tree.url = "path:${inputsFolder}/import-tree";
  };

  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
}
`

/** What a plain fleet has unless the fixture writes it. */
const plainFiles: Readonly<Record<string, string>> = {
  "/flake.nix": plainFlake,
  "/options.nix": plainOptions,
  "/modules/base.nix": "{ }\n",
  "/hosts/alpha.nix": '{ name = "alpha"; }\n',
  "/hosts/beta.nix": '{ name = "beta"; }\n',
  "/hosts/gamma.nix": '{ name = "gamma"; }\n',
}

/** The systems and hosts of a dendritic fleet: host NAME is the aspect `nixos.NAME` with the options of a plain fleet. */
const dendriticFiles: Readonly<Record<string, string>> = {
  "/flake.nix": dendriticFlake,
  "/options.nix": plainOptions,
  "/modules/hosts.nix": `
{ config, inputs, lib, ... }:
{
  imports = [ inputs.flake-parts.flakeModules.modules ];
  systems = [ ];
  flake.nixosConfigurations = lib.genAttrs [ "alpha" "beta" "gamma" ] (name: lib.evalModules {
    class = "nixos";
    modules = [ ../options.nix config.flake.modules.nixos.\${name} ];
  });
}
`,
}

/** A fleet in memory and the questions that tests ask of it. Paths are those of the fixture, below the fleet's folder. */
export class FleetFixture {
  readonly files = new MemoryFiles(fleetRoot)
  readonly session: EvaluationSession

  constructor(
    source: string,
    around: Readonly<Record<string, string>>,
    cancel?: CancelFlag,
    outside: Outside = {},
  ) {
    for (const [path, text] of Object.entries(around)) this.files.write(bytesOf(fleetRoot + path), text)
    for (const { path, text } of fixture(source).files) this.files.write(bytesOf(fleetRoot + path), text)
    const setup = { root: fleetRoot, offline: true, overrideInputs: {} }
    this.session = openFleet(setup, this.files, cancel, outside)
  }

  /** What somebody types, unsaved; undefined throws it away. */
  type(path: string, text: string | undefined): void {
    this.session.setFile(fleetRoot + path, text)
  }

  /** What somebody saves, or deletes, as the editor would be told. */
  save(path: string, text: string | undefined): void {
    this.files.write(bytesOf(fleetRoot + path), text)
    this.session.filesChanged([fleetRoot + path])
  }

  option(path: string, hosts?: readonly string[]): readonly OptionOnHost[] {
    return this.session.answer({ kind: "option", path, hosts }).hosts
  }

  /** The option's value on each host, as Nix; `error: ..` where there is none. */
  values(path: string): Record<string, string> {
    const shown = this.option(path).map(({ host, valueText, error }) => [
      host,
      error === undefined ? valueText : `error: ${error}`,
    ])
    return Object.fromEntries(shown)
  }

  check(): readonly Finding[] {
    return this.session.answer({ kind: "check" })
  }
}

/** A fleet of plain modules, see above. */
export function plainFleet(source: string, cancel?: CancelFlag, outside?: Outside): FleetFixture {
  return new FleetFixture(source, plainFiles, cancel, outside)
}

/** A fleet of aspects, see above. */
export function dendriticFleet(source: string): FleetFixture {
  return new FleetFixture(source, dendriticFiles)
}

/** A finding on one line: place, severity, code, hosts, message. */
export function showFinding({ file, range, severity, code, hosts, message }: Finding): string {
  const { line, column } = range.start
  return `${file.slice(fleetRoot.length)}:${line}:${column} ${severity} ${code} [${hosts.join(" ")}] ${message}`
}
