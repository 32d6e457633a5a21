// Import from derivation: who needs which build, what that build needs, and that it is done only where somebody said so.
//
// Real builds are done with the Nix that CANOPY_NIX names; without it those tests are skipped.

import assert from "node:assert/strict"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { stageBuild } from "../../server/src/build/stage.js"
import {
  BuildNeeded,
  bytesOf,
  Evaluator,
  printValue,
  type WantedOutput,
} from "../../server/src/eval/index.js"
import { createWorld, type Machine } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { canopy } from "../cli/canopy.js"
import { plainFleet, showFinding } from "../harness/fleet-fixture.js"
import { realNix } from "../harness/real-nix.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const machine: Machine = { getEnv: () => "", searchPath: [], currentSystem: "x86_64-linux", currentTime: 0 }

/** Evaluates where `found` outputs are built, and notes what was asked for. */
function evaluator(found: boolean): { ev: Evaluator; asked: WantedOutput[] } {
  const asked: WantedOutput[] = []
  const builds = {
    realise: (wanted: WantedOutput) => {
      asked.push(wanted)
      return found
    },
  }
  return {
    ev: new Evaluator({ io: createWorld({ files: new Disk(), machine, builds, trace: () => {} }) }),
    asked,
  }
}

const derivation = (name: string, more = "") =>
  `(derivation { name = "${name}"; system = "x86_64-linux"; builder = "/bin/sh"; ${more} })`

describe("import from derivation", () => {
  for (const use of [
    "import X",
    "builtins.readFile X",
    "builtins.readDir X",
    "builtins.pathExists X",
    'builtins.hashFile "sha256" X',
    "builtins.path { path = X; }",
  ])
    it(`is needed by ${use}, and says which build`, () => {
      const { ev } = evaluator(false)
      const expression = use.replace("X", derivation("wanted"))
      assert.throws(
        () => printValue(ev, ev.evaluateText(expression, "/"), { force: true }),
        (error: unknown) =>
          error instanceof BuildNeeded &&
          error.code === "import-from-derivation" &&
          error.derivationName === "wanted" &&
          /^cannot build '\/nix\/store\/\w{32}-wanted.drv\^out' during evaluation because the option 'allow-import-from-derivation' is disabled$/.test(
            error.message,
          ),
      )
    })

  it("is not needed by what only names the output", () => {
    const { ev, asked } = evaluator(false)
    ev.evaluateText(`"\${${derivation("named")}}/file"`, "/")
    assert.deepEqual(asked, [])
  })

  it("asks once for each output", () => {
    const { ev, asked } = evaluator(true)
    const twice = `let d = ${derivation("twice")}; in [ (builtins.pathExists d) (builtins.pathExists "\${d}/x") ]`
    assert.equal(printValue(ev, ev.evaluateText(twice, "/"), { force: true }), "[ false false ]")
    assert.equal(asked.length, 1)
  })

  it("knows all that a build needs, each thing after what it refers to", () => {
    const { ev, asked } = evaluator(false)
    const text = `
      let
        source = builtins.filterSource (path: _: baseNameOf path != "skipped") ${bytesOf(__dirname)};
        note = builtins.toFile "note" "see \${source}";
        first = ${derivation("first", "inherit note;")};
      in import ${derivation("second", "inherit first source;")}`
    assert.throws(() => ev.evaluateText(text, "/"), BuildNeeded)
    const names = asked[0]
      .closure()
      .map(object => (object.kind === "unknown" ? "?" : `${object.kind} ${object.name}`))
    assert.deepEqual(names, ["tree build", "text note", "text first.drv", "text second.drv"])
  })
})

describe("a fleet", () => {
  const source = `
#- /hosts/beta.nix
{ name = builtins.readFile ${derivation("made-name")}; }
`
  it("says what it needs a build of, and goes on with everything else", () => {
    const fleet = plainFleet(source)
    assert.deepEqual(fleet.values("port"), { alpha: "22", beta: "22", gamma: "22" })
    assert.match(fleet.values("name").beta, /^error: needs a build of 'made-name'/)
    assert.deepEqual(fleet.check().map(showFinding), [
      "/hosts/beta.nix:1:10 error import-from-derivation [beta] needs a build of 'made-name'",
    ])
  })

  it("says so once where several options need the same build", () => {
    const made = `builtins.readFile ${derivation("made")}`
    const findings = plainFleet(`
#- /modules/base.nix
{
  greeting = ${made};
  tags = [ (${made}) ];
}
`).check()
    assert.deepEqual(findings.map(showFinding), [
      "/modules/base.nix:2:14 error import-from-derivation [alpha beta gamma] needs a build of 'made'",
    ])
    const other = { file: "/fleet/modules/base.nix", line: 3, column: 13, message: "this needs it, too" }
    assert.deepEqual(findings[0].related, [other])
  })
})

describe("a real build", () => {
  const nix = realNix()
  let folder: string
  before(function () {
    if (nix === undefined) this.skip()
    folder = temporaryFolder("ifd")
  })

  // New each time, so that it is not built yet.
  const unique = `u${process.pid}x${Date.now()}`
  const built = (name: string, script: string) =>
    `(derivation { name = "${name}-${unique}"; system = builtins.currentSystem or "x86_64-linux"; builder = "/bin/sh"; args = [ "-c" ''${script}'' ]; })`
  const run = (...args: string[]) => {
    const PATH = `${dirname(nix ?? "")}:${process.env.PATH}`
    const { status, stdout, stderr } = canopy(["eval", ...args], { folder, env: { PATH } })
    return status === 0 ? stdout.trim() : stderr
  }

  it("is not done unasked, is done when it may be, and is used from then on", () => {
    const expression = `(import ${built("set", "echo '{ x = 42; }' > $out")}).x`
    assert.match(run("--impure", "--expr", expression), /'allow-import-from-derivation' is disabled/)
    assert.equal(run("--impure", "--allow-import-from-derivation", "--expr", expression), "42")
    assert.equal(run("--impure", "--expr", expression), "42")
  })

  it("gets sources, texts and other builds as Canopy names them", () => {
    mkdirSync(join(folder, "data"))
    writeFileSync(join(folder, "data/a"), "alpha\n")
    writeFileSync(join(folder, "data/b"), "beta\n")
    const expression = `
      let
        source = builtins.path { path = ./data; name = "only-a"; filter = path: _: baseNameOf path != "b"; };
        note = builtins.toFile "note" "in \${source}\\n";
        first = ${built("first", "read a < ${source}/a; read b < ${note}; echo $a $b > $out")};
      in [ (builtins.readFile ${built("second", "read a < ${first}; echo $a > $out")}) "in \${source}" ]`
    const answer = run(
      "--impure",
      "--option",
      "allow-import-from-derivation",
      "true",
      "--json",
      "--expr",
      expression,
    )
    const [text, named] = JSON.parse(answer) as [string, string]
    assert.equal(
      text,
      `alpha ${named}
`,
    )
  })

  it("works in a flake that is its own source", () => {
    const at = join(folder, "flake")
    mkdirSync(at)
    writeFileSync(join(at, "input"), "from the flake\n")
    writeFileSync(
      join(at, "flake.nix"),
      `{ outputs = { self }: { text = builtins.readFile ${built("own", "read a < ${self}/input; echo $a > $out")}; }; }`,
    )
    assert.equal(run("--allow-import-from-derivation", `${at}#text`), '"from the flake\\n"')
  })

  it("that fails says what the builder said", () => {
    const said = run(
      "--impure",
      "--allow-import-from-derivation",
      "--expr",
      `import ${built("bad", "echo no good >&2; exit 3")}`,
    )
    assert.match(said, /error: build of '.*-bad-.*' failed: no good\n.*builder failed with exit code 3/s)
  })
})

describe("a staged build", () => {
  it("leaves out what the store has", () => {
    const object = { kind: "text", path: "/nix/store/x-a", name: "a", text: "", references: [] } as const
    const wanted = { drvPath: "/nix/store/x-a", output: "out", outPath: "", closure: () => [object] }
    const { folder } = stageBuild(wanted, () => true)
    const files = new Disk().readDir(folder)
    rmSync(folder, { recursive: true })
    assert.deepEqual([...files.keys()], ["add.nix"])
  })
})
