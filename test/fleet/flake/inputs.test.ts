// The inputs of a flake that opens: where they are, what locks and overrides make of them.

import assert from "node:assert/strict"
import { lockText } from "../../../server/src/fleet/flake/lock-text.js"
import { filesOf, json, lockOf, type Nodes, open, shown, value } from "../../harness/flake-fixture.js"

const family = `
#- /main/flake.nix
{
  inputs = {
    lib.url = "path:/w/lib";
    part.url = "path:./part";
    files = { url = "path:/w/files"; flake = false; };
    user = { url = "path:/w/user"; inputs.lib.follows = "lib"; };
    same.follows = "user/lib";
  };
  outputs = inputs: {
    names = builtins.attrNames inputs;
    read = builtins.readFile "\${inputs.files}/a.txt";
    here = toString ./part;
  };
}
#- /main/part/flake.nix
{ outputs = { self, lib }: { from = lib.outPath; }; inputs.lib.url = "path:/w/lib"; }
#- /lib/flake.nix
{ outputs = { self }: { answer = 42; }; }
#- /files/a.txt
a
#- /user/flake.nix
{ inputs.lib.url = "path:/w/other"; outputs = { self, lib }: { answer = lib.answer + 1; }; }
`

const paths = `
  f:
  let
    flat = v: {
      at = v.outPath;
      source = v.sourceInfo.outPath;
      hash = v.sourceInfo.narHash or null;
      type = v._type or null;
      inputs = builtins.mapAttrs (_: flat) (v.inputs or { });
    };
  in
  flat f // { inherit (f) names read here; answer = f.inputs.user.answer; }
`

function atPath(name: string, narHash: string) {
  const path = { path: `/w/${name}`, type: "path" }
  return { locked: { lastModified: 5, narHash, ...path }, original: path }
}

const lib = atPath("lib", "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=")

/** The lock file that Nix writes for `family`, but for the times. */
const locked: Nodes = {
  files: { flake: false, ...atPath("files", "sha256-1/2Majxn7uvmNGSGwyBq8P2Q6QGqaIOGPniaWnjdd3g=") },
  lib,
  lib_2: lib,
  part: {
    inputs: { lib: "lib_2" },
    locked: { path: "./part", type: "path" },
    original: { path: "./part", type: "path" },
    parent: [],
  },
  root: { inputs: { files: "files", lib: "lib", part: "part", same: ["user", "lib"], user: "user" } },
  user: {
    inputs: { lib: ["lib"] },
    ...atPath("user", "sha256-HsSewzVsZ2Pes5I5GK0KMJ53Lmd2Y/7h8z2C3odwodQ="),
  },
}

/** What `family` says of the input that three of its flakes have. */
const libraryInput = {
  at: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
  hash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
  inputs: {},
  source: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
  type: "flake",
}

describe("an open flake", () => {
  it("has its inputs at the paths that Nix gives them", () => {
    const flake = open(family)
    assert.deepEqual(json(flake, paths), {
      answer: 43,
      at: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source",
      hash: "sha256-f6pAl4FPQTtqgjgKB52mWzcDg2r8l2rxKrdkXzxlpDU=",
      here: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source/part",
      inputs: {
        files: {
          at: "/nix/store/jwflafm9p8dm71spqs54dk41hb1lkl0g-source",
          hash: "sha256-1/2Majxn7uvmNGSGwyBq8P2Q6QGqaIOGPniaWnjdd3g=",
          inputs: {},
          source: "/nix/store/jwflafm9p8dm71spqs54dk41hb1lkl0g-source",
          type: null,
        },
        lib: libraryInput,
        part: {
          at: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source/part",
          hash: null,
          inputs: {
            lib: libraryInput,
          },
          source: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source",
          type: "flake",
        },
        same: libraryInput,
        user: {
          at: "/nix/store/ddm3fd9diz07qlvw32i380zls1c2l03s-source",
          hash: "sha256-HsSewzVsZ2Pes5I5GK0KMJ53Lmd2Y/7h8z2C3odwodQ=",
          inputs: {
            lib: libraryInput,
          },
          source: "/nix/store/ddm3fd9diz07qlvw32i380zls1c2l03s-source",
          type: "flake",
        },
      },
      names: ["files", "lib", "part", "same", "self", "user"],
      read: "a",
      source: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source",
      type: "flake",
    })
    assert.deepEqual(shown(flake), [])
  })

  it("keeps the answers of a flake whose lock fits, with relative inputs as Nix writes them then", () => {
    const flake = open(family + lockOf(locked))
    assert.deepEqual(shown(flake), [])
    assert.match(value(flake, "inputs.part.outPath"), /-source\/\.\/part"$/)
    assert.equal(value(flake, "inputs.part.sourceInfo.narHash"), value(flake, "narHash"))
    assert.equal(value(flake, "inputs.lib.lastModified"), "5")
    assert.equal(value(flake, "inputs.lib.lastModifiedDate"), '"19700101000005"')
    assert.equal(value(flake, "inputs.same.answer"), "42")
  })

  it("says which input does not fit the lock any more", () => {
    const flake = open(
      family.replace('lib.url = "path:/w/lib";\n', 'lib.url = "path:/w/leaf";\n') +
        lockOf(locked) +
        "#- /leaf/flake.nix\n{ outputs = _: { }; }\n",
    )
    assert.deepEqual(shown(flake), [
      "/w/main/flake.nix:3:5-8 warning: flake.lock does not match flake.nix any more: it does not have input 'lib' as it is now",
    ])
  })

  it("does not take a folder for what was locked when it changed since", () => {
    const files = filesOf(family + lockOf(locked))
    files.setText("/w/lib/flake.nix", "{ outputs = { self }: { answer = 7; }; }\n")
    const flake = open(files)
    assert.match(
      value(flake, "inputs.lib.answer"),
      /^error: input 'lib' is missing: '\/w\/lib' changed since it was locked/,
    )
    assert.match(
      shown(flake)[0],
      /^\/w\/main\/flake.nix:3:5-8 error: input 'lib' is missing: '\/w\/lib' changed since it was locked/,
    )
    assert.equal(value(flake, "read"), '"a"')
  })

  it("dates a source that claims to be of a year that JavaScript does not have", () => {
    const late = { ...lib, locked: { ...lib.locked, lastModified: 99_999_999_999_999 } }
    const flake = open(family + lockOf({ ...locked, lib: late }))
    assert.equal(value(flake, "inputs.lib.lastModifiedDate"), '"31708431107094639"')
  })

  it("takes overrides, also of inputs of inputs", () => {
    const other = `${family}
#- /other/flake.nix
{ outputs = { self }: { answer = 1; }; }
`
    assert.equal(value(open(other, { lib: "path:/w/other" }), "inputs.user.answer"), "2")
    assert.equal(value(open(other, { "user/lib": "../other" }), "inputs.user.answer"), "2")
    assert.equal(value(open(other, { "user/lib": "/w/other" }), "inputs.lib.answer"), "42")
    assert.deepEqual(shown(open(other, { nope: "path:/w/other", files: "foo bar" })), [
      "/w/main/flake.nix:1:1-2 warning: the override of input 'nope' matches no input",
      "/w/main/flake.nix:5:5-10 error: input 'files' is missing: path '/w/main/foo bar' does not exist",
    ])
  })

  it("takes overrides by any spelling of their input and path, but by no wrong one", () => {
    const other = `${family}
#- /other/flake.nix
{ outputs = { self }: { answer = 1; }; }
`
    assert.equal(value(open(other, { "/user//lib/": "path:../other" }), "inputs.user.answer"), "2")
    const wrong = {
      "l b": ["/w/other", "invalid flake input attribute path element 'l b'"],
      "": ["/w/other", "the name of an input is missing"],
      lib: ["/w/other#x", "unexpected fragment 'x' in flake reference '/w/other#x'"],
    }
    for (const [name, [ref, why]] of Object.entries(wrong)) {
      const flake = open(other, { [name]: ref })
      assert.deepEqual(shown(flake), [`/w/main/flake.nix:1:1-2 error: override of input '${name}': ${why}`])
      assert.equal(flake.lockFailure, `override of input '${name}': ${why}`)
    }
  })

  it("refuses to lock an input without a flake.nix", () => {
    const flake = open(`
#- /main/flake.nix
{ inputs.a.url = "path:/w/files"; outputs = { self, a }: { ok = 1; }; }
#- /files/a.txt
a
`)
    const why = "input 'a' is missing: '/w/files/flake.nix' does not exist"
    assert.deepEqual(shown(flake), [`/w/main/flake.nix:1:10-11 error: ${why}`])
    assert.throws(() => lockText(flake.lock), { message: why })
    assert.equal(value(flake, "inputs.a"), `error: ${why}`)
  })

  it("knows the folder of a relative input whose own file says what follows what", () => {
    const part = { locked: { path: "./part", type: "path" }, original: { path: "./part", type: "path" } }
    const flake = open(`
#- /main/flake.nix
{ inputs.part.url = "path:./part"; outputs = { self, part }: { here = toString part; }; }
#- /main/part/flake.nix
{ inputs.lib.url = "path:/w/lib"; inputs.same.follows = "lib"; outputs = _: { }; }
#- /lib/flake.nix
{ outputs = { self }: { answer = 42; }; }
${lockOf({
  lib,
  part: { ...part, inputs: { lib: "lib", same: ["part", "lib"] }, parent: [] },
  root: { inputs: { part: "part" } },
})}`)
    assert.match(value(flake, "here"), /-source\/part"$/)
  })

  it("lists its inputs with where they are", () => {
    const inputs = open(family + lockOf(locked)).inputs.map(({ name, refText, sourcePath, place }) => [
      name,
      refText,
      sourcePath,
      `${place.line}:${place.column}`,
    ])
    assert.deepEqual(inputs, [
      ["lib", "path:/w/lib", "/w/lib", "3:5"],
      ["part", "path:./part", "/w/main/part", "4:5"],
      ["files", "path:/w/files", "/w/files", "5:5"],
      ["user", "path:/w/user", "/w/user", "6:5"],
      ["part/lib", "path:/w/lib", "/w/lib", "4:5"],
    ])
  })
})
