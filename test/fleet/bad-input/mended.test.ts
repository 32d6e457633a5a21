// A mistake that is typed and taken back: it is told while it is there, the other hosts answer meanwhile, and nothing of it stays.

import assert from "node:assert/strict"
import { test } from "mocha"
import { type FleetFixture, plainFleet, showFinding } from "../../harness/fleet-fixture.js"

const alpha = "/hosts/alpha.nix"
const host = (text: string) => `{ config, lib, ... }: { name = "alpha"; ${text} }\n`

/** Codes of what is told, and the text of a file that is to blame; of alpha's file if no other is named. */
const mistakes: readonly (readonly [code: string, text: string, path?: string])[] = [
  ["syntax-error", host("port = ;")],
  ["syntax-error", "{ name = "],
  ["unclosed-string", host('greeting = "hi;')],
  ["duplicate-attribute", host("port = 1; port = 2;")],
  ["undefined-variable", host("port = prot;")],
  ["unknown-option", host("prot = 1;")],
  ["unknown-option", host("users.ann.shel = 1;")],
  ["wrong-type", host('port = "22";')],
  ["wrong-type", host("tags = [ 1 ];")],
  ["conflicting-definitions", host("imports = [ { port = 1; } ]; port = 2;")],
  ["option-without-value", host("port = config.users.ann.uid; users.ann = { };")],
  ["infinite-recursion", host("port = config.port;")],
  ["infinite-recursion", host("imports = lib.optional config.port { };")],
  ["import-circle", host("imports = [ ./alpha.nix ./more.nix ];")],
  ["missing-attribute", host("port = config.prot;")],
  ["missing-argument", host("port = ({ a }: a) { };")],
  ["unexpected-argument", host("port = ({ a }: a) { a = 1; b = 2; };")],
  ["type", host("port = 1 + true;")],
  ["throw", host('port = throw "no";')],
  ["assert", host("port = assert false; 1;")],
  ["abort", host('port = abort "no";')],
  ["file-not-found", host("imports = [ ./nope.nix ];")],
  ["not-a-module", host('imports = [ { _type = "flake"; } ];')],
  ["type", host("imports = [ 5 ];")],
  ["unsupported-attribute", host("config.port = 1;")],
  [
    "declared-twice",
    host("").replace(
      "name =",
      "imports = [ { options.port = lib.mkOption { type = lib.types.str; }; } ]; name =",
    ),
  ],
  ["failed-assertion", host('assertions = [ { assertion = false; message = "no"; } ];')],
  ["host-warning", host('warnings = [ "careful" ];')],
  ["syntax-error", "{ lib, ... }: {\n", "/modules/base.nix"],
  ["wrong-type", "{ port = null; }\n", "/modules/base.nix"],
  ["flake-outputs", "{ }\n", "/flake.nix"],
]

function told(fleet: FleetFixture): string[] {
  return fleet.check().map(showFinding)
}

for (const [code, text, path = alpha] of mistakes)
  test(`${code} goes when it is mended: ${text.trim()}`, () => {
    const fleet = plainFleet(`
#- /hosts/more.nix
{ imports = [ ./alpha.nix ]; }
`)
    const before = told(fleet)
    const values = fleet.values("port")
    fleet.type(path, text)
    const findings = fleet.check().map(finding => `${finding.file.slice("/fleet".length)} ${finding.code}`)
    assert.deepEqual(findings, [`${path} ${code}`])
    if (path === alpha) assert.equal(fleet.values("port").beta, values.beta)
    fleet.type(path, undefined)
    assert.deepEqual(told(fleet), before)
    assert.deepEqual(fleet.values("port"), values)
  })
