// What can be wrong with a flake.nix, one mistake at a time, each with the one problem that people should see, at its place.
// Nix 2.34.8 refuses every one of these flakes.

import assert from "node:assert/strict"
import { EvalError, placeOf } from "../../server/src/eval/index.js"
import { type OpenFlake, openFlake } from "../../server/src/fleet/index.js"
import { fixture } from "../harness/fixture.js"
import { MemoryFiles } from "../harness/memory-files.js"

function open(text: string): OpenFlake {
  const files = new MemoryFiles("")
  files.write("/l/flake.nix", "{ outputs = _: { }; }")
  files.write("/w/flake.nix", text)
  return openFlake({ root: "/w", offline: true, overrideInputs: {} }, files)
}

/** Each text is a flake.nix whose labels are the problems that it has. */
const mistakes: Readonly<Record<string, string>> = {
  "a syntax error": `
{ outputs = { self }: { ok = 1 }; }
#                              ^ found '}', wanted ';'`,
  "no attribute set": `
let x = 1; in { outputs = _: { }; }
^ flake.nix must be an attribute set`,
  "no outputs": `
{ inputs = { }; }
^ flake lacks attribute 'outputs'`,
  "outputs from elsewhere": `
{ outputs = import ./x.nix; }
# ^^^^^^^ attribute 'outputs' must be a function, written out, but is computed`,
  "outputs that are no function": `
{ outputs = "x"; }
# ^^^^^^^ attribute 'outputs' must be a function, written out, but is a string`,
  "a computed URL": `
{ inputs.a.url = "path:" + "/x"; outputs = _: { }; }
#          ^^^ 'url' of input 'a' must be a string, written out, but is computed`,
  "an interpolated URL": `
{ inputs.a.url = "path:/\${"x"}"; outputs = _: { }; }
#          ^^^ 'url' of input 'a' must be a string, written out, but is computed`,
  "computed inputs": `
{ inputs = builtins.mapAttrs (n: v: v) { }; outputs = _: { }; }
# ^^^^^^ inputs must be a set, written out, but are computed`,
  "a description that is none": `
{ description = 1; outputs = _: { }; }
# ^^^^^^^^^^^ attribute 'description' must be a string, but is an integer`,
  "an attribute that flakes do not have": `
{ foo = 1; outputs = _: { }; }
# ^^^ flake has an unsupported attribute 'foo'`,
  "an attribute that inputs do not have": `
{ inputs.a = { url = "path:/l"; rev2 = "x"; }; outputs = _: { }; }
#                               ^^^^ unexpected attribute 'rev2' of input 'a'`,
  "a list in an input": `
{ inputs.a = { url = "path:/l"; b = [ ]; }; outputs = _: { }; }
#                               ^ attribute 'b' of input 'a' is a list while a string, Boolean, or integer is expected`,
  "an input that is a string": `
{ inputs.a = "path:/l"; outputs = _: { }; }
#        ^ input 'a' must be a set, but is a string`,
  "flake = no Boolean": `
{ inputs.a = { url = "path:/l"; flake = "no"; }; outputs = _: { }; }
#                               ^^^^^ 'flake' of input 'a' must be a Boolean, but is a string`,
  "a malformed reference": `
{ inputs.a.url = "path:/w?x=1"; outputs = _: { }; }
#          ^^^ input 'a': path URL 'path:/w?x=1' has unsupported parameter 'x'`,
  "an unknown kind of reference": `
{ inputs.a = { type = "zip"; url = "x"; }; outputs = _: { }; }
#                            ^^^ input 'a': cannot show unsupported input '{"type":"zip","url":"x"}'`,
  "a reference that lacks something": `
{ inputs.a = { type = "github"; owner = "x"; }; outputs = _: { }; }
#        ^ input 'a': input attribute 'repo' is missing`,
  "a hash of a source that is none": `
{ inputs.a = { type = "github"; owner = "x"; repo = "y"; narHash = "z"; }; outputs = _: { }; }
#        ^ input 'a': hash 'z' is not SRI`,
  "a hash in a URL that is none": `
{ inputs.a.url = "github:x/y?narHash=z"; outputs = _: { }; }
#          ^^^ input 'a': hash 'z' is not SRI`,
  "a name that no input can have": `
{ inputs.a.follows = "x y"; outputs = _: { }; }
#          ^^^^^^^ 'follows' of input 'a': 'x y' is not a valid flake input name`,
  "an input of an input that is a string": `
{ inputs.a.inputs.b = "x"; outputs = _: { }; }
#                 ^ input 'b' must be a set, but is a string`,
  "an input that is somewhere and follows another": `
{ inputs.b.url = "path:/l"; inputs.a = { url = "path:/l"; follows = "b"; }; outputs = _: { }; }
#                                  ^ input 'a' has both a flake reference and a 'follows'`,
  "a self that is somewhere else": `
{ inputs.self = { submodules = true; url = "path:/l"; }; outputs = _: { }; }
#                                    ^^^ flake 'self' attribute 'url' is not supported`,
  "an edition, which flakes once had": `
{ edition = 201909; outputs = _: { }; }
# ^^^^^^^ flake has an unsupported attribute 'edition'`,
  "settings that are none": `
{ nixConfig = [ ]; outputs = _: { }; }
# ^^^^^^^^^ attribute 'nixConfig' must be a set, written out, but is a list`,
  "a setting that is a set": `
{ nixConfig.a.b = 1; outputs = _: { }; }
#           ^ flake configuration setting 'a' is a set`,
  "a setting of which one element is no string": `
{ nixConfig.extra-substituters = [ "https://a" 1 ]; outputs = _: { }; }
#           ^^^^^^^^^^^^^^^^^^ flake configuration setting 'extra-substituters' has an element that is no string`,
  "the same twice": `
{ description = "a"; description = "b"; outputs = _: { }; }
#                    ^^^^^^^^^^^ attribute 'description' already defined at 1:3`,
}

describe("a flake.nix with", () => {
  for (const [title, source] of Object.entries(mistakes))
    it(title, () => {
      const { text, labels } = fixture(source).main
      const { problems, self } = open(text)
      const found = problems.map(({ range, message }) => [range.start.column, range.end.column, message])
      const wanted = labels.map(({ start, end, text }) => [start + 1, end + 1, text])
      assert.deepEqual(found, wanted)
      assert.ok(self instanceof EvalError)
      assert.equal(self.message, `/w/flake.nix: ${problems[0].message}`)
      assert.equal(placeOf(self.span)?.column, problems[0].range.start.column)
    })

  it("inputs that only the outputs name, which come from the registry", () => {
    const { problems, inputs } = open("{ outputs = { self, nixpkgs }: { }; }")
    assert.deepEqual(
      problems.map(({ range, message }) => [range.start.column, message]),
      [[21, "input 'nixpkgs' is missing: 'flake:nixpkgs' is not locked"]],
    )
    assert.deepEqual(
      inputs.map(({ name }) => name),
      ["nixpkgs"],
    )
  })

  it("no file at all", () => {
    const { problems, self } = openFlake(
      { root: "/w", offline: true, overrideInputs: {} },
      new MemoryFiles(""),
    )
    assert.deepEqual(
      problems.map(({ file, message }) => [file, message]),
      [["/w/flake.nix", "'/w' does not contain a 'flake.nix'"]],
    )
    assert.ok(self instanceof EvalError)
  })
})
