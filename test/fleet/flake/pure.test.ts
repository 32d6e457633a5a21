// What a flake may see: its sources, and nothing of this machine.

import assert from "node:assert/strict"
import { open, value } from "../../harness/flake-fixture.js"

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
    locked = builtins.getFlake "github:owner/repo/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2";
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

  it("says of a flake with its commit that it is not here, and not that it has to be locked", () => {
    const wanted = "'github:owner/repo/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2' is not on this machine"
    assert.equal(value(flake(), "locked"), `error: a source is missing: ${wanted}`)
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
