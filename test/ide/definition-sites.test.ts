// Where a file sets options: each site is labelled with the path that it sets, its aspect and what wraps it. And which
// site stands for a definition that evaluation found in the file.

import assert from "node:assert/strict"
import { type DefinitionSite, definitionSites, findSite } from "../../server/src/ide/index.js"
import { parse } from "../../server/src/syntax/index.js"
import { annotate, fixture } from "../harness/fixture.js"

const containers = [{ option: ["flake", "modules"], depth: 2 }]

function sitesOf(text: string): DefinitionSite[] {
  return definitionSites(parse(text).tree, containers)
}

/** `source` carries the labels that it should get. */
function check(source: string): void {
  const { text } = fixture(source).main
  const labels = sitesOf(text).map(site => ({ ...site.range, text: label(site) }))
  assert.equal(annotate(text, labels), source.replace(/^\n/, ""))
}

function label({ path, container, wrappers, isSet }: DefinitionSite): string {
  const where = container === undefined ? [] : [`in ${container.names.join(".")}`]
  const name = path.join(".") || "(module)"
  const shown = isSet ? `${name} {}` : name
  return [shown, ...where, ...wrappers].join(" ")
}

/** The text of the site that is found for an option, `aspect` being such as `nixos.base`. */
function find(text: string, option: string, aspect?: string): string | undefined {
  const container =
    aspect === undefined ? undefined : { option: ["flake", "modules"], names: aspect.split(".") }
  const site = findSite(sitesOf(text), container, option.split("."))
  return site && text.slice(site.range.start, site.valueRange.end)
}

describe("the sites of a file", () => {
  it("are its attrpaths", () =>
    check(`
{
  a.b = 1;
# ^^^ a.b
  c = { d = 1; };
# ^ c {}
#       ^ c.d
  inherit (x) e;
#             ^ e
}
`))

  it("know what wraps them", () =>
    check(`
{ lib, config, ... }:
lib.mkMerge [
  (lib.mkIf config.x { a = lib.mkForce 1; })
#                      ^ a mkMerge mkIf
  { b = lib.mkIf true (lib.mkDefault { c = 1; }); }
#   ^ b {} mkMerge
#                                      ^ b.c mkMerge mkIf mkDefault
  (if config.y then { d = 1; } else { })
#                     ^ d mkMerge if
]
`))

  it("know their aspect, in one file for three classes", () =>
    check(`
{
  flake.modules = {
# ^^^^^^^^^^^^^ flake.modules {}
    nixos.ssh = { config, ... }: { services.openssh.enable = true; };
#   ^^^^^^^^^ (module) {} in nixos.ssh
#                                  ^^^^^^^^^^^^^^^^^^^^^^^ services.openssh.enable in nixos.ssh
    darwin.ssh.config.x = 1;
#   ^^^^^^^^^^^^^^^^^^^ x in darwin.ssh
  };
}
`))

  it("leave out declarations, imports and the arguments of functions", () =>
    check(`
{
  imports = [ ./x ];
  options.a = mkOption { type = 1; };
  config.b = f { c = 1; };
# ^^^^^^^^ b
}
`))
})

describe("the site of a definition", () => {
  it("is the exact one", () => assert.equal(find("{ a = { b.c = 1; }; }", "a.b.c"), "b.c = 1"))

  it("is the nearest above it when its value is computed", () =>
    assert.equal(find("{ a.b = f x; a.c = 2; }", "a.b.c.d"), "a.b = f x"))

  it("is not a set that does not set it", () => assert.equal(find("{ a = { b = 1; }; }", "a.c"), undefined))

  it("is a set, asked for the set itself", () =>
    assert.equal(find("{ a = { b = 1; }; }", "a"), "a = { b = 1; }"))

  it("is in the aspect that was asked for", () => {
    const text = "{ flake.modules.nixos = { x = { a = 1; }; y = { a = 2; }; }; a = 3; }"
    assert.equal(find(text, "a", "nixos.y"), "a = 2")
    assert.equal(find(text, "a"), "a = 3")
    assert.equal(find(text, "a", "darwin.y"), undefined)
  })
})
