// Inputs that are not there: what they hurt, and what is said of them.

import assert from "node:assert/strict"
import { fleetOfOne, lockOf, node, open, shown, value } from "../../harness/flake-fixture.js"

describe("an input that is not there", () => {
  it("hurts only those who want it, and is named at its line", () => {
    const flake = open(fleetOfOne)
    assert.equal(value(flake, "ok"), "1")
    assert.equal(value(flake, "wants"), "error: input 'there' is missing: 'github:owner/repo' is not locked")
    assert.equal(value(flake, "path"), value(flake, "wants"))
    assert.deepEqual(shown(flake), [
      "/w/main/flake.nix:3:10-15 error: input 'there' is missing: 'github:owner/repo' is not locked",
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
      `/w/main/flake.nix:3:10-15 error: input 'there' is missing: ${wanted}`,
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
