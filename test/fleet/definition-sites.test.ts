// Where a file sets options: each site is labelled with the path that it sets, its aspect, and `if` where a condition
// decides about it. And which site stands for an option that evaluation complains about.

import assert from "node:assert/strict"
import {
  type DefinitionSite,
  declarationSites,
  definitionSites,
  findSite,
} from "../../server/src/fleet/texts/definition-sites.js"
import { parse } from "../../server/src/syntax/index.js"
import { annotate, fixture } from "../harness/fixture.js"

const containers = [{ option: ["flake", "modules"], depth: 2 }]

/** `source` carries the labels that it should get. */
function check(source: string, list = definitionSites): void {
  const { text } = fixture(source).main
  const labels = list(parse(text).tree, containers).map(site => ({ ...site.range, text: label(site) }))
  assert.equal(annotate(text, labels), source.replace(/^\n/, ""))
}

function label({ path, aspect, conditional }: DefinitionSite): string {
  const where = aspect.length === 0 ? [] : [`in ${aspect.slice(2).join(".")}`]
  return [path.join("."), ...where, ...(conditional ? ["if"] : [])].join(" ")
}

/** The text of the sites that are found for an option, `aspect` being such as `nixos.base`. */
function find(text: string, option: string, aspect?: string): string[] {
  const names = aspect === undefined ? [] : ["flake", "modules", ...aspect.split(".")]
  const sites = definitionSites(parse(text).tree, containers)
  return findSite(sites, option.split("."), names).map(({ range, value }) =>
    text.slice(range.start, value.end),
  )
}

describe("the sites of a file", () => {
  it("are in a variable that is put together from several attrpaths", () =>
    check(`
let
  shared.port = 80;
#        ^^^^ port in nixos.base
  shared.ssh.enable = true;
#        ^^^^^^^^^^ ssh.enable in nixos.base
in
{ flake.modules.nixos.base = shared; }
# ^^^^^^^^^^^^^^^^^^^^^^^^ flake.modules.nixos.base
`))

  it("are its attrpaths", () =>
    check(`
{
  a.b = 1;
# ^^^ a.b
  c = { d = 1; };
# ^ c
#       ^ c.d
  inherit (x) e;
#             ^ e
}
`))

  it("know whether a condition decides", () =>
    check(`
{ lib, config, ... }:
lib.mkMerge [
  (lib.mkIf config.x { a = lib.mkForce 1; })
#                      ^ a if
  { b = lib.mkIf true (lib.mkDefault { c = 1; }); }
#   ^ b
#                                      ^ b.c if
  (if config.y then { d = 1; } else { })
#                     ^ d if
]
`))

  it("know their aspect, in one file for three classes", () =>
    check(`
{
  flake.modules = {
# ^^^^^^^^^^^^^ flake.modules
    nixos.ssh = { config, ... }: { services.openssh.enable = true; };
#   ^^^^^^^^^ flake.modules.nixos.ssh
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

  it("are the declarations, when those are asked for", () =>
    check(
      `
{
  imports = [ ./x ];
  options.a = mkOption { type = 1; };
# ^^^^^^^^^ a
  options.group = { b = mkEnableOption "b"; };
#                   ^ group.b
  flake.modules.nixos.ssh.options.c = 3;
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ c in nixos.ssh
  config.b = f { c = 1; };
}
`,
      declarationSites,
    ))
})

describe("the site of a definition", () => {
  it("is the exact one", () => assert.deepEqual(find("{ a = { b.c = 1; }; }", "a.b.c"), ["b.c = 1"]))

  it("is the longest path that leads towards it", () =>
    assert.deepEqual(find("{ a.b = f x; a.c = 2; }", "a.b.c.d"), ["a.b = f x"]))

  it("is in the aspect that was asked for", () => {
    const text = "{ flake.modules.nixos = { x = { a = 1; }; y = { a = 2; }; }; a = 3; }"
    assert.deepEqual(find(text, "a", "nixos.y"), ["a = 2"])
    assert.deepEqual(find(text, "a"), ["a = 3"])
    assert.deepEqual(find(text, "a", "darwin.y"), [])
  })
})
