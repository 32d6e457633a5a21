// colmena: a hive is a set of nodes, each a NixOS module, with `meta` (which nixpkgs) and `defaults` (a module for all).
//
// `colmenaHive` was evaluated by colmena's own code. `colmena` and hive.nix are as written, and are evaluated here as colmena does it:
// each node by the eval-config.nix of its nixpkgs, with the options of `deployment` added.
//
// morph has the same form, which colmena took over: there `network` has the packages themselves as `pkgs`.

import { Attrs, bytesOf, type Evaluator, intern, type Lazy } from "../../eval/index.js"
import { attempt, namesOf, tryAttrs, tryText, tryTexts } from "../../modules/index.js"

/** What the modules of the tool itself are called, in place of a file: they are written below. */
const TOOL = "«hive»"

/** Names in a hive that are no node. */
const reserved: ReadonlySet<string> = new Set([
  "meta",
  "network",
  "defaults",
  "resources",
  "require",
  "_file",
])

export interface HiveNode {
  readonly name: string
  /** Its configuration. */
  evaluate(): Lazy
}

/** The nodes of a flake's hive; empty if it has none. A node that fails does not affect the others. */
export function hiveNodes(ev: Evaluator, flake: Attrs): HiveNode[] {
  const nodes = tryAttrs(ev, flake, "colmenaHive", "nodes")
  if (nodes !== undefined)
    return namesOf(nodes).map(name => ({ name, evaluate: () => nodes.get(intern(bytesOf(name))) ?? null }))
  const hive = rawHive(ev, flake)
  if (hive === undefined) return []
  return namesOf(hive)
    .filter(name => !reserved.has(name))
    .map(name => ({
      name,
      evaluate: () => ev.call(ev.evaluateText(evaluateNode, "/", TOOL), hive, bytesOf(name)),
    }))
}

/** What a hive says about a node, without evaluating it. */
export interface NodeFacts {
  readonly tags: readonly string[]
  readonly target: string
}

/** Facts about all nodes, by name; empty for nodes that are not written as plain sets. */
export function hiveFacts(ev: Evaluator, flake: Attrs): ReadonlyMap<string, NodeFacts> {
  const hive = rawHive(ev, flake)
  const nodes = new Map(hiveNodes(ev, flake).map(({ name }) => [name, { tags: [], target: "" }] as const))
  const facts = new Map<string, NodeFacts>(nodes)
  for (const name of hive === undefined ? [] : nodes.keys()) {
    const node = hive && tryAttrs(ev, hive, name)
    const deployment = node && tryAttrs(ev, node, "deployment")
    if (deployment !== undefined) facts.set(name, deploymentFacts(ev, deployment))
  }
  return facts
}

/** What the options of `deployment` say. */
export function deploymentFacts(ev: Evaluator, deployment: Attrs): NodeFacts {
  const host = tryText(ev, deployment, "targetHost") ?? ""
  const user = tryText(ev, deployment, "targetUser")
  const tags = tryTexts(ev, deployment, "tags")
  return { tags, target: host === "" || user === undefined ? host : `${user}@${host}` }
}

/** Whether what looks like a hive is a network of morph. */
export function isMorph(ev: Evaluator, flake: Attrs): boolean {
  const hive = rawHive(ev, flake)
  const network = hive && tryAttrs(ev, hive, "network")
  return network?.has(intern("pkgs")) === true
}

function rawHive(ev: Evaluator, flake: Attrs): Attrs | undefined {
  const place = flake.get(intern("colmena"))
  if (place === undefined) return undefined
  const value = attempt(ev, () => {
    const written = ev.force(place)
    return written instanceof Attrs ? written : ev.attrs(ev.call(written, ev.evaluateText("{ }", "/")))
  }).value
  const isHive = value !== undefined && ["meta", "network"].some(name => value.has(intern(name)))
  return isHive ? value : undefined
}

// What colmena's own modules do beyond declaring `deployment` (services that wait for keys) is left out: keys are secrets.
const names = Array.from(reserved, name => `"${name}"`).join(" ")
const evaluateNode = `
hive: name:
let
  meta = hive.meta or hive.network or { };
  packagesOf = nixpkgs:
    if builtins.isFunction nixpkgs then nixpkgs { overlays = [ ]; }
    else if builtins.isAttrs nixpkgs && !(nixpkgs ? outPath) then nixpkgs
    else packagesOf (import nixpkgs);
  isMorph = meta ? pkgs;
  packagesFor = node: packagesOf (meta.nodeNixpkgs.\${node} or meta.nixpkgs or meta.pkgs or <nixpkgs>);
  names = builtins.filter (node: !(builtins.elem node [ ${names} ])) (builtins.attrNames hive);
  deployment = { lib, ... }:
    let
      option = type: default: lib.mkOption { inherit type default; };
      inherit (lib.types) attrsOf bool listOf nullOr port str unspecified;
    in
    {
      _file = "${TOOL}";
      options.deployment = {
        targetHost = option (nullOr str) name;
        targetPort = option (nullOr port) null;
        targetUser = option (nullOr str) (if isMorph then null else "root");
        tags = option (listOf str) [ ];
        allowLocalDeployment = option bool false;
        buildOnTarget = option bool false;
        replaceUnknownProfiles = option bool true;
        privilegeEscalationCommand = option (listOf str) [ "sudo" "-H" "--" ];
        sshOptions = option (listOf str) [ ];
        keys = option (attrsOf unspecified) { };
      } // (if isMorph then morphOnly option lib.types else { });
    };
  morphOnly = option: { attrsOf, bool, unspecified, ... }: {
    buildOnly = option bool false;
    substituteOnDestination = option bool false;
    secrets = option (attrsOf unspecified) { };
    healthChecks = option unspecified { };
    preDeployChecks = option unspecified { };
  };
  # What is written in the hive itself is a module without a file. It is called by where it is written.
  located = attribute: module:
    let
      names = if builtins.isFunction module then builtins.functionArgs module else module;
      inside = if builtins.isAttrs names && names != { }
        then builtins.unsafeGetAttrPos (builtins.head (builtins.attrNames names)) names
        else null;
      place = if inside != null then inside else builtins.unsafeGetAttrPos attribute hive;
      inFile = value: if place != null && builtins.isAttrs value then { _file = place.file; } // value else value;
    in
    if builtins.isFunction module
    then { __functor = _: args: inFile (module args); __functionArgs = builtins.functionArgs module; }
    else if module ? __functor then module
    else inFile module;
  # The commands of all checks are part of a system.
  commandsOf = deployment: builtins.concatMap (check: check.cmd)
    ((deployment.preDeployChecks.cmd or [ ]) ++ (deployment.healthChecks.cmd or [ ]));
  ofTool = pkgs: { config, lib, options, ... }:
    if isMorph then {
      networking.hostName = lib.mkDefault name;
      nixpkgs.pkgs = lib.mkDefault meta.pkgs;
      system = lib.optionalAttrs (options ? system.extraDependencies) {
        extraDependencies =
          [ (pkgs.writeText "healthcheck-commands.txt" (lib.concatStringsSep "\\n" (commandsOf config.deployment))) ];
      };
    }
    else {
      _file = "${TOOL}";
      nixpkgs.overlays = lib.mkBefore pkgs.overlays;
      nixpkgs.config = lib.mkBefore pkgs.config;
    };
  evaluate = checked: node:
    let
      pkgs = packagesFor node;
      written = hive.\${node};
    in
    import (pkgs.path + "/nixos/lib/eval-config.nix") {
      system = pkgs.stdenv.hostPlatform.system;
      modules = [
        (ofTool pkgs)
        deployment
        (located "defaults" (hive.defaults or { }))
      ]
      ++ (if checked then [ ] else [ { _module.check = false; } ])
      ++ map (located node) (if builtins.isList written then written else [ written ]);
      specialArgs = { name = node; inherit nodes; } // (meta.specialArgs or { }) // (meta.nodeSpecialArgs.\${node} or { });
    };
  nodes = builtins.listToAttrs (map (node: { name = node; value = evaluate false node; }) names);
in
evaluate true name
`
