// `canopy eval` beside `nix eval`: for each row of arguments, what Nix 2.34.8 printed and how it ended is kept in
// nix-eval/answers.json. CANOPY_NIX=/path/to/nix UPDATE=1 asks Nix again; read the diff.
//
// Rows run in nix-eval/, which reads `/folder` in the answers. Hints on how to see more belong to Nix and are cut.

import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { realNix } from "../harness/real-nix.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { canopy } from "./canopy.js"

const answersFile = join(__dirname, "nix-eval/answers.json")
const folder = temporaryFolder("nix-eval")
const nix = process.env.UPDATE === "1" ? realNix() : undefined

interface Answer {
  readonly args: readonly string[]
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

const expressions: readonly string[] = [
  "[ 1 2.5 1.0 1e100 (-0.0) 100000000.0 0.1 ]",
  '[ null true "a\\"b\\\\c\\n\\t${"$"}{x}" ./. /a/b ]',
  '{ "a b" = 1; "if" = 2; or = 3; "1a" = 4; a-b = 5; "" = 6; }',
  "[ (x: x) ({ a, b ? 1, ... }: a) builtins.map (builtins.map 1) ]",
  "let f = a: b: a; in [ f (f 1) ]",
  "let x = { y = x; z = [ x ]; }; in x",
  "let l = [ 1 ]; in [ l l { a = l; } ]",
  '{ d = derivation { name = "n"; system = "s"; builder = "b"; }; e = { type = "derivation"; }; }',
  '{ a = throw "inside"; b = [ (abort "there") ]; }',
  "9223372036854775807 + 0",
  "9223372036854775807 + 1",
  "-9223372036854775807 - 2",
  "1 / 0",
  "{ alpha = 1; beta = 2; }.aplha",
  "({ alpha, beta ? 1 }: alpha) { aplha = 1; }",
  "({ alpha }: alpha) { }",
  "let x = x; in x",
  '"a" + 1',
  '"x ${{ }} y"',
  "if 1 then 2 else 3",
  "!1",
  "[ ] ++ 1",
  "{ } // 1",
  "1 2",
  'assert 1 == 2; "no"',
  'assert ./a == ./b; "no"',
  '1 < "a"',
  "{ a = 1; a = 2; }",
  "1 +",
  "nowhere",
  'builtins.addErrorContext "while looking" (throw "lost")',
  'with { a = throw "in with"; }; a',
  "builtins.trace { a = 1; } 2",
  'builtins.warn "careful" 2',
  "let or = 1; f = x: x; g = x: x; in [ (f g or) g or (g or) ]",
  "let or = 1; f = x: x; in { a = 1; }.b or f or",
  "with { __currentTime = 4; }; __currentTime",
  "x: __currentSystem",
  "# a line\rinvalid\r\n# a line",
  "{ a = ~/x; b = 1; }.b",
  'builtins.warn "two\\n  lines \\n\\n" 1',
  'builtins.warn "" 1',
  'throw ""',
  'throw "à"',
  'builtins.addErrorContext "" (throw "")',
  'map throw [ "" "à\\n" ]',
  "let or = 1; f = x: x; g = x: x; in [ (f g or) nowhere ]",
  "let or = 1; f = x: x; in [ f or ] ++ [ f or ; ]",
  "{ type = let a = { __functor = self: self; }; in a 1; }",
  '(derivation { name = "n"; system = "s"; builder = "b"; outputHash = ""; outputHashAlgo = "sha256"; }).drvPath',
  '(derivation { name = "n"; system = "s"; builder = "b"; outputHash = ""; }).drvPath',
  '{\ta = "à"; b = throw "x"; }.b',
  'let d = derivation { name = "x"; system = "s"; builder = "b"; __structuredAttrs = true; ${builtins.substring 1 1 "é"} = 1; }; in [ 1 d ]',
]

/** Whole traces: which argument of a builtin was wrong or failed, who called whom from where, and failures met again. */
const traced: readonly string[] = [
  "builtins.length 1",
  'builtins.length (throw "no list")',
  'builtins.elemAt [ ] "x"',
  'builtins.elemAt [ 1 ] (throw "no index")',
  "builtins.elemAt 1 0",
  "builtins.filter (x: x) [ 1 ]",
  "builtins.filter 1 [ 1 ]",
  "builtins.all (x: null) [ 1 ]",
  "builtins.sort (a: b: 1) [ 2 1 ]",
  "builtins.foldl' 1 2 [ 3 ]",
  "builtins.genList 1 (-1)",
  "builtins.map (x: x) { }",
  'builtins.concatStringsSep ", " [ 1 ]',
  'builtins.concatStringsSep 1 [ "a" ]',
  'builtins.replaceStrings [ 1 ] [ "a" ] "b"',
  "builtins.substring 0 1 { }",
  'builtins.stringLength (throw "no text")',
  "toString { }",
  'toString [ 1 (throw "in a list") ]',
  'builtins.listToAttrs [ { name = "a"; } ]',
  "builtins.removeAttrs { } [ 1 ]",
  'builtins.getAttr "a" { b = 1; }',
  "builtins.attrNames [ ]",
  "builtins.add 1 null",
  "builtins.div 1 { }",
  "builtins.bitAnd 1 1.5",
  'builtins.fromJSON (throw "no JSON")',
  "builtins.genericClosure { startSet = [ { key = 1; } ]; operator = x: [ 2 ]; }",
  "import 1",
  'import "x"',
  "throw 1",
  "let f = a: b: c: a + b + c; in f 1 2 null",
  "let f = { a }: { b }: a; in f { a = 1; } { }",
  "(builtins.mapAttrs (name: value: value.x) { a = { }; }).a",
  "let s = builtins.mapAttrs (name: value: value.x) { a = { }; }; x = s.a; in x + 1",
  'let a = throw "once"; b = builtins.addErrorContext "first" a; c = builtins.addErrorContext "then" a; in builtins.seq (builtins.tryEval b) c',
  "let a.b = { c = a.b.c; }; in a.b.c",
  "let a = { } // a; in a",
  "let y = y + 1; in y",
  "let y = y - 1; in y",
  "let y = if y then 1 else 2; in y",
  "let f = x: x; a = f a; in a",
  "let a = builtins.length a; in a",
  "[ 1 ] <= [ null ]",
  "1 or 2",
  "builtins.path { path = ./.; filter = 1; }",
  "builtins.path { z = 1; path = ./.; }",
  'builtins.fromJSON "["',
  "builtins.getContext 1",
  "rec { __overrides = 1; }",
  'builtins.convertHash { hash = 1; toHashFormat = "base32"; }',
  'throw "two lines  \n\n  and no more \n"',
  'derivation { name = "~"; system = "s"; builder = "b"; }',
  'derivation { name = "a"; system = "s"; builder = "b"; x = y: y; }',
]

/** What reads something that would have to be built. */
const unbuilt: readonly string[] = [
  'd: builtins.readFile "${d}/x"',
  'd: builtins.path { path = "${d}"; }',
  'd: builtins.filterSource (p: t: true) "${d}/x"',
  'd: builtins.findFile [ { path = d; } ] "x"',
  'd: builtins.stringLength (builtins.path { path = "/${builtins.substring 0 0 "${d}"}bin"; name = "b"; filter = p: t: false; })',
]

const rows: readonly (readonly string[])[] = [
  ...expressions.map(text => ["--expr", text]),
  ...traced.map(text => ["--show-trace", "--expr", text]),
  ...unbuilt.map(text => [
    ...["--impure", "--show-trace", "--option", "allow-import-from-derivation", "false", "--expr"],
    `(${text}) (derivation { name = "d"; builder = "b"; system = "x86_64-linux"; })`,
  ]),
  [
    "--impure",
    "--expr",
    'builtins.findFile [ { path = "/not/there"; prefix = "q"; } { path = "/"; prefix = "q"; } ] "q"',
  ],
  [
    "--expr",
    'builtins.convertHash { hash = "sha256:0000000000000000000000000000000000000000000000000000"; toHashFormat = "base32"; }',
  ],
  ["--expr", "{ alpha = 1; beta = 2; }.aplha", "--show-trace"],
  [
    "--json",
    "--expr",
    '{ a = [ 1 1.0 null ]; b = "\\n\\u00e9"; c = { outPath = "p"; }; d = { __toString = s: "t"; }; }',
  ],
  ["--json", "--expr", "{ f = x: x; }"],
  ["--json", "--expr", "let f = a: b: c: a; in [ (f 1 2) ]"],
  ["--json", "--expr", '{ b = builtins.substring 1 1 "é"; a = builtins.substring 0 1 "é"; }'],
  ["--json", "--expr", '[ (builtins.substring 1 1 "é") (throw "first") ]'],
  ["--json", "--expr", '{ "a b" = throw "odd"; }'],
  [
    "--impure",
    "--expr",
    "[ (baseNameOf ~/..) (baseNameOf (dirOf ~/x/./.)) (baseNameOf ~/x/../y) (~/. == ~/x/..) ]",
  ],
  ["--raw", "--expr", '"raw\\n"'],
  ["--raw", "--expr", "1"],
  ["--raw", "--expr", '{ outPath = "p"; }'],
  ["--expr", "{ a.b = [ 1 2 ]; }", "a.b"],
  ["--expr", "{ a.b = [ 1 2 ]; }", "a.c"],
  ["--expr", "{ a.b = 1; }", "a."],
  ["--expr", "{ a.b = 1; }", "."],
  ["--expr", "{ a.b = 1; }", ".a"],
  ["--expr", '{ "" = 1; }', '""'],
  ["--expr", '{ a."" = 1; }', 'a."".b'],
  ["--expr", "1", "--apply", "x: x + 1"],
  ["--expr", "[ 1 ]", "--apply", "builtins.map (x: x + 1)"],
  ["--file", "file.nix"],
  ["--file", "file.nix", "text"],
  ["--file", "file.nix", "text", "--argstr", "greeting", "bye", "--arg", "count", "1 + 1"],
  ["--file", "file.nix", "text", "--argstr", "greeting", "bye", "--arg", "greeting", '"hi"'],
  ["--file", "file.nix", "text", "--arg", "greeting", '"hi"', "--argstr", "greeting", "bye"],
  ["--impure", "--expr", "builtins ? currentTime", "--pure-eval", "--option", "pure-eval", "false"],
  ["--expr", "builtins ? currentTime", "--option", "pure-eval", "false", "--pure-eval"],
  ["--file", "file.nix", "list"],
  ["--file", "file.nix", "fails"],
  ["--file", "file.nix", "missing"],
  ["--impure", "--expr", "<here>", "-I", "here=file.nix"],
  ["--impure", "--expr", "<nowhere/x>"],
  ["--expr", "<here>"],
  ["path:."],
  ["path:.#both"],
  ["path:.#old"],
  ["path:.#bare"],
  ['path:.#nested.attr."with.dot"'],
  ["path:.#broken"],
  ["--json", "path:.#nested"],
  [
    "--impure",
    "--expr",
    'builtins.getFlake "path:${toString ./.}?narHash=sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="',
  ],
  ["--expr", 'builtins.flakeRefToString { type = "github"; owner = "a"; repo = "b"; narHash = ""; }'],
  [
    "--impure",
    "--expr",
    "[ <nix/fetchurl.nix> (builtins.pathExists <nix/fetchurl.nix>) (import <nix/fetchurl.nix>) ]",
  ],
  ["path:.#.nested"],
  ["path:.#both^out"],
  ["path:.#both^*", "--no-write-lock-file", "--read-only", "--no-eval-cache"],
  ["path:.#%62oth"],
  ["path:.#bohh"],
  ["path:.#nested.atr"],
  ["path:.#bare.more"],
  ["path:.#both.0"],
  ["./nowhere"],
  ["./file.nix#x"],
  ["./flake.nix#bare"],
  ["git+file:///folder?ref=a..b#x"],
  ["path:/not there#x"],
  ["?ref=main&dir=x/y#z"],
  ["git+file:///nowhere/at/all#x"],
  ["tarball+file:///nowhere/at/all.tar.gz?dir=x#x"],
  ["--json", "--pretty", "--expr", '{ a = [ 1.50 { b = "x:,\\"; } ]; c = { }; d = [ ]; }'],
  ["--expr", "let f = n: if n == 0 then 0 else 1 - f (n - 1); in f 100", "--max-call-depth", "50"],
  ["--expr", "let f = n: if n == 0 then 0 else 1 - f (n - 1); in f 4999"],
  ["--expr", "let f = n: if n == 0 then 0 else 1 - f (n - 1); in f 5000"],
  ["--expr", "let f = n: { a = f (n + 1); }; in f 0"],
  ["--expr", 'builtins.traceVerbose "told" 1', "--trace-verbose"],
  ["--expr", "builtins.currentSystem", "--impure", "--system", "riscv64-linux"],
  ["--expr", "builtins.currentSystem", "--impure", "--option", "eval-system", "i686-linux"],
  ["--expr", "builtins.nixPath", "--no-pure-eval", "-I", "a=./b", "-I", "../c"],
  ["--expr", "builtins.nixPath", "--impure", "--nix-path", "x=/y z"],
  ["--expr", "1", "--option", "no-such-setting", "1", "--max-jobs", "4", "--no-sandbox"],
  ["--expr", "{ x }: x", "--arg-from-file", "x", "file.nix"],
  ["--expr", "1", "--write-to", "file.nix"],
  ["--expr", "{ a.b = 1; }", "--write-to", "fresh"],
  ["--expr", "{ a = 1; }", "a", "--write-to", "other"],
  ["--expr", '{ a = [ (throw "x") ]; }', "a", "--json"],
  ["--expr", "{ a = [ [ (x: x) ] ]; }", "a", "--json"],
  ["--expr", 'builtins.lessThan (throw "a") (builtins.trace "x" 1)'],
  ["--expr", "builtins.trace (builtins.genList (i: i) 12) (builtins.trace { type = 1; a = 2; } 3)"],
  ["--raw", "--expr", "/no/such/path"],
  ["--raw", "--expr", "{ outPath = 1; }"],
  ["--file", "file.nix", "list", "--arg", "count", 'throw "unasked"'],
  ["--file", "file.nix", "text", "--arg", "count", 'throw "asked"'],
  ["--file", "file.nix", "list", "--arg", "count", "1 +"],
  ["--show-trace", "--expr", "builtins.zipAttrsWith (n: v: v.nope) [ { a = 1; } ]", "a"],
  ["--show-trace", "--expr", "builtins.zipAttrsWith (n: v: v.nope) [ { a = 1; } ]", "a.b"],
]

function askNix(program: string, args: readonly string[]): Answer {
  const features = ["--extra-experimental-features", "nix-command flakes"]
  const { status, stdout, stderr } = spawnSync(program, [...features, "eval", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NIX_PATH: "" },
  })
  return { args, status, stdout: anywhere(stdout), stderr: anywhere(stderr) }
}

function anywhere(text: string): string {
  return text.replaceAll(folder, "/folder").replace(/^warning: .*lock file.*\n(• .*\n( {2}.*\n)*)?/gm, "")
}

describe("canopy eval prints what nix eval prints for", function () {
  this.timeout(120_000)
  before(() => {
    for (const name of ["flake.nix", "file.nix"])
      cpSync(join(__dirname, "nix-eval", name), join(folder, name))
    if (nix !== undefined)
      writeFileSync(
        answersFile,
        `${JSON.stringify(
          rows.map(args => askNix(nix, args)),
          null,
          2,
        )}\n`,
      )
  })
  // Nix and Canopy must both find nothing there.
  beforeEach(() => rmSync(join(folder, "fresh"), { recursive: true, force: true }))

  for (const [i, args] of rows.entries())
    it(args.join(" "), () => {
      const answer = (JSON.parse(readFileSync(answersFile, "utf8")) as readonly Answer[])[i]
      const { status, stdout, stderr } = canopy(["eval", ...args], { folder })
      assert.deepEqual({ args, status, stdout: anywhere(stdout), stderr: anywhere(stderr) }, answer)
    })
})
