// What an open document shows by itself: its problems, its outline, what can be folded, and whose it is.

import assert from "node:assert/strict"
import type { Fleet } from "../../server/src/fleet/index.js"
import { analyze, type DocumentSymbol, deployActions, documentSymbols } from "../../server/src/ide/index.js"
import { parse } from "../../server/src/syntax/index.js"
import { annotate, fixture } from "../harness/fixture.js"

const containers = [{ option: ["flake", "modules"], depth: 2 }]

describe("the problems of a document", () => {
  const check = (text: string, messages: readonly string[]) =>
    assert.deepEqual(
      analyze("/a.nix", text).problems.map(problem => problem.message),
      messages,
    )

  it("are those of its grammar", () => check("{ a = ; }", ["found ';', wanted an expression"]))
  it("are duplicates once the grammar is right", () =>
    check("{ a = 1; a = 2; }", ["attribute 'a' already defined at 1:3"]))
  it("are only those of the grammar while it is wrong", () =>
    check("{ a = 1; a = 2 }", ["found '}', wanted ';'"]))
})

describe("the outline of a document", () => {
  function check(source: string, expected: string): void {
    const { text } = fixture(source).main
    assert.equal(outline(documentSymbols(parse(text).tree, text, containers), 0), expected.trim())
  }

  function outline(symbols: readonly DocumentSymbol[], depth: number): string {
    return symbols
      .map(({ name, detail, kind, children }) => {
        const line = `${"  ".repeat(depth)}${[name, kind === "attribute" ? "" : `(${kind})`, detail].filter(Boolean).join(" ")}`
        return children.length === 0 ? line : `${line}\n${outline(children, depth + 1)}`
      })
      .join("\n")
  }

  it("has aspects as modules, and their options below", () =>
    check(
      `
{ lib, ... }:
let helper = x: x; in
{
  flake.modules = {
    nixos.ssh = { config, ... }: lib.mkIf true { services.openssh = { enable = true; }; };
    darwin.ssh.networking.hostName = "a";
  };
  imports = [ ./x ];
}`,
      `
helper (function) x: x
flake.modules
  nixos.ssh (module)
    services.openssh
      enable true
  darwin.ssh.networking.hostName "a"
imports [ ./x ]
`,
    ))

  it("has inherited names and what is merged", () =>
    check("mkMerge [ { inherit (x.y) a; } ({ b = 1; } // { c = 2; }) ]", "a from x.y\nb 1\nc 2"))

  it("is there for half of a file", () => check("{ a.b = 1;\n  c.", "a.b 1\nc"))

  it("has names on one line, also while one is typed above another", () =>
    check("{\n  services.openssh.\n\n  users.ann = 1;\n}", "services.openssh.users.ann 1"))
})

describe("what can be folded", () => {
  function check(source: string): void {
    const { text } = fixture(source).main
    const labels = analyze("/a.nix", text)
      .folds()
      .map(({ start, end }) => ({
        start,
        end: start + 1,
        text: `to line ${text.slice(0, end).split("\n").length}`,
      }))
    assert.equal(annotate(text, labels), source.replace(/^\n/, ""))
  }

  it("is what spans lines, up to the line before its end", () =>
    check(
      `
{
 a = [
#    ^ to line 3
   1
 ];
 b = ''
#    ^ to line 6
   text
 '';
 c = { d = 1; };
}
`.replace("{\n", "{\n^ to line 8\n"),
    ))

  it("is comments of several lines, but not in strings", () =>
    check(
      `
# a
# b
{ c = ''
  # d
  # e
''; }
`
        .replace("# a\n", "# a\n^ to line 2\n")
        .replace("{ c = ''\n", "{ c = ''\n^ to line 5\n"),
    ))
})

describe("deploying", () => {
  const fleet: Fleet = {
    root: "/fleet",
    hosts: ["cinnabar", "electrum"].map(name => ({
      name,
      class: "nixos",
      system: "",
      tags: [],
      target: "",
      aspects: [],
      modules: 0,
    })),
    aspects: [
      {
        name: "a",
        class: "nixos",
        option: "flake.modules",
        files: ["/fleet/one.nix"],
        hosts: ["electrum"],
        importedBy: [],
      },
      {
        name: "b",
        class: "nixos",
        option: "flake.modules",
        files: ["/fleet/two.nix"],
        hosts: ["electrum", "cinnabar"],
        importedBy: [],
      },
    ],
    containers,
    inputs: [],
  }
  const check = (path: string, hosts: readonly string[]) =>
    assert.deepEqual(
      deployActions(path, fleet),
      hosts.map(host => ({ kind: "deploy", title: `Deploy ${host}`, host })),
    )

  it("is offered in a folder called like a host", () =>
    check("/fleet/machines/cinnabar/disk.nix", ["cinnabar"]))
  it("is offered in a file called like a host", () => check("/fleet/hosts/electrum.nix", ["electrum"]))
  it("is offered where a module serves one host alone", () => check("/fleet/one.nix", ["electrum"]))
  it("is not offered where a module serves several", () => check("/fleet/two.nix", []))
  it("is not offered for a host that is only part of a name", () => check("/fleet/cinnabar-old/x.nix", []))

  it("is an action of the document once the fleet is known", () => {
    const document = analyze("/fleet/one.nix", "{ }")
    assert.equal(document.actions(fleet).length, 1)
    assert.deepEqual(document.actions(undefined), [])
  })
})

describe("the links of a document", () => {
  const files = ["/fleet/a.nix", "/fleet/modules/default.nix", "/etc/motd"]

  function check(text: string, expected: Readonly<Record<string, string>>): void {
    const found = analyze("/fleet/main.nix", text).links(path => files.includes(path))
    const shown = found.map(({ range, file }) => [text.slice(range.start, range.end), file])
    assert.deepEqual(Object.fromEntries(shown), expected)
  }

  it("lead from paths to files, of a folder to its default.nix", () =>
    check("{ imports = [ ./a.nix ../fleet/modules ]; x = import ./modules { y = /etc/motd; }; }", {
      "./a.nix": "/fleet/a.nix",
      "../fleet/modules": "/fleet/modules/default.nix",
      "./modules": "/fleet/modules/default.nix",
      "/etc/motd": "/etc/motd",
    }))
  it("are none where no file is, or only evaluation knows which", () =>
    check('[ ./b.nix ./. ~/a.nix ./${"a"}.nix "./a.nix" <nixpkgs> ]', {}))
})
