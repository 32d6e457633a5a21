// Flakes that exist only here, opened. Store paths, hashes and values are those that Nix 2.34.8 gave for the same files on a
// disk; what Nix has no word for (problems with places, missing inputs that hurt nobody) is what people should read.

import assert from "node:assert/strict"
import { CodeCache, EvalError, intern, printValue, toJson, type Value } from "../../server/src/eval/index.js"
import {
  type FlakeProblem,
  newFlakeCaches,
  type OpenFlake,
  type OpenSettings,
  OverlaidFiles,
  openFlake,
} from "../../server/src/fleet/index.js"
import { fixture } from "../harness/fixture.js"
import { MemoryFiles } from "../harness/fleet-fixture.js"

/** Files of a fixture, below /w; the flake is /w/main. */
function filesOf(source: string): OverlaidFiles {
  // All that there is, so that the store of this machine cannot matter.
  const memory = new MemoryFiles("")
  for (const { path, text } of fixture(source).files) memory.write(`/w${path}`, text)
  return new OverlaidFiles(memory)
}

function open(
  source: string | OverlaidFiles,
  overrideInputs: Record<string, string> = {},
  settings: OpenSettings = {},
): OpenFlake {
  const files = typeof source === "string" ? filesOf(source) : source
  return openFlake({ root: "/w/main", offline: true, overrideInputs }, files, settings)
}

/** An attribute of the flake as Nix prints it, or its error. */
function value(flake: OpenFlake, path: string): string {
  const { evaluator: ev } = flake
  try {
    let found: Value = selfOf(flake)
    for (const name of path.split(".")) found = ev.force(ev.attrs(found).get(intern(name)) ?? null)
    return printValue(ev, found, { force: true })
  } catch (error) {
    if (error instanceof EvalError) return `error: ${error.message}`
    throw error
  }
}

function selfOf({ self }: OpenFlake): Value {
  if (self instanceof EvalError) throw self
  return self
}

function json(flake: OpenFlake, fn: string): unknown {
  const { evaluator: ev } = flake
  const result = ev.call(ev.evaluateText(fn, "/"), selfOf(flake))
  return JSON.parse(toJson(ev, result, { copyToStore: false }).text)
}

function shown({ problems }: OpenFlake): string[] {
  return problems.map(show)
}

function show({ file, range: { start, end }, severity, message }: FlakeProblem): string {
  return `${file}:${start.line}:${start.column}-${end.column} ${severity}: ${message}`
}

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

type Nodes = Record<string, unknown>

function node(original: object, locked: object = original): Record<string, unknown> {
  return { original, locked }
}

function lockText(nodes: Nodes): string {
  return JSON.stringify({ nodes, root: "root", version: 7 })
}

function lockOf(nodes: Nodes): string {
  return `\n#- /main/flake.lock\n${lockText(nodes)}\n`
}

/** The lock file that Nix writes for `family`, but for the times. */
const locked: Nodes = {
  files: {
    flake: false,
    locked: {
      lastModified: 5,
      narHash: "sha256-1/2Majxn7uvmNGSGwyBq8P2Q6QGqaIOGPniaWnjdd3g=",
      path: "/w/files",
      type: "path",
    },
    original: { path: "/w/files", type: "path" },
  },
  lib: {
    locked: {
      lastModified: 5,
      narHash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
      path: "/w/lib",
      type: "path",
    },
    original: { path: "/w/lib", type: "path" },
  },
  lib_2: {
    locked: {
      lastModified: 5,
      narHash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
      path: "/w/lib",
      type: "path",
    },
    original: { path: "/w/lib", type: "path" },
  },
  part: {
    inputs: { lib: "lib_2" },
    locked: { path: "./part", type: "path" },
    original: { path: "./part", type: "path" },
    parent: [],
  },
  root: { inputs: { files: "files", lib: "lib", part: "part", same: ["user", "lib"], user: "user" } },
  user: {
    inputs: { lib: ["lib"] },
    locked: {
      lastModified: 5,
      narHash: "sha256-HsSewzVsZ2Pes5I5GK0KMJ53Lmd2Y/7h8z2C3odwodQ=",
      path: "/w/user",
      type: "path",
    },
    original: { path: "/w/user", type: "path" },
  },
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
        lib: {
          at: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
          hash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
          inputs: {},
          source: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
          type: "flake",
        },
        part: {
          at: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source/part",
          hash: null,
          inputs: {
            lib: {
              at: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
              hash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
              inputs: {},
              source: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
              type: "flake",
            },
          },
          source: "/nix/store/139md3phnq2vkryrwiiwxf35lkqaj48z-source",
          type: "flake",
        },
        same: {
          at: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
          hash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
          inputs: {},
          source: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
          type: "flake",
        },
        user: {
          at: "/nix/store/ddm3fd9diz07qlvw32i380zls1c2l03s-source",
          hash: "sha256-HsSewzVsZ2Pes5I5GK0KMJ53Lmd2Y/7h8z2C3odwodQ=",
          inputs: {
            lib: {
              at: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
              hash: "sha256-asNAF98dUkZasCMSk0oUa3gWAGP3XoeVj3ztWM//L6g=",
              inputs: {},
              source: "/nix/store/fqr39zy7jiim7ladjgy05m363mysg7sq-source",
              type: "flake",
            },
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
      "/w/main/flake.nix:3:5-8 warning: flake.lock does not fit flake.nix any more: it does not know input 'lib' as it is now",
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
      /^\/w\/main\/flake.nix:3:5-8 error: input 'lib': '\/w\/lib' changed since it was locked/,
    )
    assert.equal(value(flake, "read"), '"a"')
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
      "/w/main/flake.nix:5:5-10 error: input 'files': path '/w/main/foo bar' does not exist",
    ])
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

const fleetOfOne = `
#- /main/flake.nix
{
  inputs.here.url = "path:/w/here";
  inputs.there.url = "github:owner/repo";
  outputs = { self, here, there }: {
    ok = here.one;
    wants = there.two;
    path = "\${there}/x";
  };
}
#- /here/flake.nix
{ outputs = _: { one = 1; }; }
`

describe("an input that is not there", () => {
  it("hurts only those who want it, and is named at its line", () => {
    const flake = open(fleetOfOne)
    assert.equal(value(flake, "ok"), "1")
    assert.equal(value(flake, "wants"), "error: input 'there' is missing: 'github:owner/repo' is not locked")
    assert.equal(value(flake, "path"), value(flake, "wants"))
    assert.deepEqual(shown(flake), [
      "/w/main/flake.nix:3:10-15 error: input 'there': 'github:owner/repo' is not locked",
    ])
  })

  it("is wanted in the revision that is locked; what an input lacks of its own is one warning", () => {
    const github = { owner: "owner", repo: "repo", type: "github" }
    const rev = "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2"
    const narHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    const gone = { ...node(github, { ...github, rev, narHash }), inputs: { deep: "deep" } }
    const flake = open(
      fleetOfOne +
        lockOf({
          root: { inputs: { here: "here", there: "there" } },
          here: { ...node({ type: "path", path: "/w/here" }), inputs: { a: "deep", b: "other" } },
          there: gone,
          deep: node({ type: "tarball", url: "https://x.org/y.tar.gz" }),
          other: node({ type: "git", url: "https://x.org/z" }),
        }),
    )
    const wanted = `'github:owner/repo/${rev}' is not on this machine`
    assert.equal(value(flake, "wants"), `error: input 'there' is missing: ${wanted}`)
    assert.deepEqual(shown(flake), [
      "/w/main/flake.nix:2:10-14 warning: input 'here' lacks inputs of its own, not on this machine: 'here/a', 'here/b'",
      `/w/main/flake.nix:3:10-15 error: input 'there': ${wanted}`,
    ])
    assert.equal(flake.inputs.find(({ name }) => name === "there")?.rev, rev)
  })

  it("may lie outside of the source, where Nix would not look", () => {
    const flake = open(fleetOfOne.replace("github:owner/repo", "path:../here"))
    assert.match(
      shown(flake)[0],
      /^\/w\/main\/flake.nix:3:10-15 warning: input 'there': 'path:..\/here' leads out of/,
    )
    assert.equal(value(flake, "inputs.there.one"), "1")
  })
})

describe("a lock file", () => {
  const broken: readonly (readonly [string, string, string])[] = [
    [
      "is no JSON",
      '{\n  "nodes": {\n<<<<<<< HEAD\n',
      "3:1-2 error: lock file '/w/main/flake.lock' is not JSON",
    ],
    [
      "names a node that is not there",
      lockText({ root: { inputs: { a: "b" } } }),
      "is broken: input 'a' of node 'root' is node 'b', which does not exist",
    ],
    [
      "has nodes inside each other",
      lockText({
        root: { inputs: { a: "a" } },
        a: { ...node({ type: "path", path: "/x" }), inputs: { b: "b" } },
        b: { ...node({ type: "path", path: "/x" }), inputs: { a: "a" } },
      }),
      "is broken: nodes contain each other: a -> b -> a",
    ],
    [
      "lacks what it is about",
      lockText({ root: { inputs: { a: "a" } }, a: {} }),
      "is broken: node 'a' lacks 'locked'",
    ],
    [
      "has a hash that is none",
      lockText({
        root: { inputs: { a: "a" } },
        a: node({ type: "path", path: "/x" }, { type: "path", path: "/x", narHash: "sha256-abc" }),
      }),
      "is broken: 'narHash' of node 'a': invalid SRI hash",
    ],
    [
      "is of another version",
      '{ "nodes": {}, "root": "root", "version": 8 }',
      "has unsupported version 8, expected 5, 6 or 7",
    ],
    ["has no root", '{ "nodes": {}, "root": "root", "version": 7 }', "lacks the root node 'root'"],
  ]
  for (const [title, text, wrong] of broken)
    it(`that ${title} is one error, and there is no value without it`, () => {
      const files = filesOf(fleetOfOne)
      files.setText("/w/main/flake.lock", text)
      const flake = open(files)
      assert.equal(shown(flake).length, 1)
      assert.ok(shown(flake)[0].includes(wrong), shown(flake)[0])
      assert.ok(shown(flake)[0].startsWith("/w/main/flake.lock:"))
      assert.match(value(flake, "ok"), /^error: lock file '\/w\/main\/flake.lock'/)
    })
})

describe("what inputs follow", () => {
  const following = (inputs: string) =>
    open(`
#- /main/flake.nix
{ inputs = { ${inputs} }; outputs = { self, ... }: { ok = 1; }; }
#- /lib/flake.nix
{ inputs.x.url = "path:/w/leaf"; outputs = { self, x }: { answer = x.answer or "self"; }; }
#- /leaf/flake.nix
{ outputs = _: { answer = "leaf"; }; }
`)

  it("may not go in circles", () => {
    const flake = following('a.follows = "b"; b.follows = "a";')
    assert.deepEqual(shown(flake), [
      "/w/main/flake.nix:1:14-15 error: follow cycle detected: [b -> a -> b]",
      "/w/main/flake.nix:1:31-32 error: follow cycle detected: [a -> b -> a]",
    ])
    assert.equal(value(flake, "ok"), "1")
    assert.equal(value(flake, "inputs.a"), "error: input 'a' follows a non-existent input 'b'")
  })

  it("must be there", () =>
    assert.deepEqual(
      shown(following('a.follows = "b/c"; lib.url = "path:/w/lib"; lib.inputs.y.follows = "lib";')),
      [
        "/w/main/flake.nix:1:14-15 error: input 'a' follows a non-existent input 'b/c'",
        "/w/main/flake.nix:1:33-36 warning: input 'lib' has an override for a non-existent input 'y'",
      ],
    ))

  it("may be the flake itself, or an input of an input", () => {
    assert.equal(
      value(following('lib.url = "path:/w/lib"; lib.inputs.x.follows = "";'), "inputs.lib.answer"),
      '"self"',
    )
    assert.equal(
      value(following('lib.url = "path:/w/lib"; l.follows = "lib/x";'), "inputs.l.answer"),
      '"leaf"',
    )
  })
})

describe("unsaved text", () => {
  it("counts instead of the file, and gives the source another name", () => {
    const files = filesOf(fleetOfOne)
    const before = open(files)
    assert.equal(value(before, "ok"), "1")
    const name = value(before, "inputs.here.outPath")
    files.setText("/w/here/flake.nix", '{ outputs = _: { one = "ü"; }; }')
    const after = open(files)
    assert.equal(value(after, "ok"), '"\u00c3\u00bc"')
    assert.notEqual(name, value(after, "inputs.here.outPath"))
    files.setText("/w/here/flake.nix", undefined)
    assert.equal(value(open(files), "inputs.here.outPath"), name)
  })

  it("leaves the code of all other files as it is when names are kept", () => {
    const files = filesOf(fleetOfOne)
    const settings: OpenSettings = { caches: newFlakeCaches(), code: new CodeCache(), keepNames: true }
    const parsed = (flake: OpenFlake): [string, number] => [
      value(flake, "ok"),
      flake.evaluator.counters.filesParsed,
    ]
    assert.deepEqual(parsed(open(files, {}, settings)), ["1", 2])
    assert.deepEqual(parsed(open(files, {}, settings)), ["1", 0])
    files.setText("/w/here/flake.nix", "{ outputs = _: { one = 2; }; }")
    assert.deepEqual(parsed(open(files, {}, settings)), ["2", 1])
  })

  it("is found by the path that evaluation calls it, and back", () => {
    const { mounts, sourceRoot, root } = open(fleetOfOne)
    const seen = mounts.seenPath("/w/main/flake.nix") ?? ""
    assert.match(seen, /^\/nix\/store\/[0-9a-z]{32}-source\/flake\.nix$/)
    assert.equal(mounts.realPath(seen), "/w/main/flake.nix")
    assert.equal(mounts.seenPath("/elsewhere"), undefined)
    assert.deepEqual([root, sourceRoot], ["/w/main", "/w/main"])
  })
})

describe("pure evaluation", () => {
  const flake = () =>
    open(`
#- /main/flake.nix
{
  outputs = _: {
    outside = builtins.readFile "/w/secret";
    folder = builtins.readDir "/w";
    exists = builtins.pathExists "/w/secret";
    gone = import ./gone.nix;
    env = builtins.getEnv "HOME";
    system = builtins ? currentSystem;
    time = builtins ? currentTime;
    path = builtins.nixPath;
    other = builtins.getFlake "path:/w/lib";
    tree = builtins.fetchTree { type = "path"; path = "/w/main"; };
  };
}
#- /secret
x
`)

  it("sees its sources and nothing else", () => {
    const open = flake()
    const refusal = (path: string) =>
      `error: access to absolute path '${path}' is forbidden in pure evaluation mode (use '--impure' to override)`
    assert.equal(value(open, "outside"), refusal("/w/secret"))
    assert.equal(value(open, "folder"), refusal("/w"))
    assert.equal(value(open, "exists"), "false")
    assert.match(
      value(open, "gone"),
      /^error: path '\/nix\/store\/[0-9a-z]{32}-source\/gone.nix' does not exist$/,
    )
    assert.deepEqual(
      ["env", "system", "time", "path"].map(name => value(open, name)),
      ['""', "false", "false", "[ ]"],
    )
  })

  it("fetches only what is locked", () => {
    assert.equal(
      value(flake(), "other"),
      "error: cannot call 'getFlake' on unlocked flake reference 'path:/w/lib', at \xc2\xabnone\xc2\xbb:0 (use --impure to override)",
    )
    assert.equal(
      value(flake(), "tree"),
      "error: in pure evaluation mode, 'fetchTree' doesn't fetch unlocked input 'path:/w/main'",
    )
  })
})
