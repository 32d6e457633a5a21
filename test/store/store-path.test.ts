// Store paths: the expected ones were computed by Nix 2.34.8 from the same input.

import assert from "node:assert/strict"
import {
  contentPath,
  hashBytes,
  isStorePath,
  parseHash,
  parseStorePath,
  placeholder,
  splitStorePath,
  textPath,
  upstreamPlaceholder,
} from "../../server/src/store/index.js"

const digest = "0j6kpwz4dm9964pssxn1zf5vql05y3fl"

describe("store path", () => {
  it("of a text depends on its references and on the store", () => {
    const b = textPath("b", "y", [])
    assert.equal(b, "/nix/store/qg27jl1a4rz2d537q07bkmvx015ynlls-b")
    assert.equal(textPath("a", `x${b}`, [b]), "/nix/store/b7z9b0nf23f65j8n2rdmbby117rac8a6-a")
    assert.equal(textPath("b", "y", [], "/foo/store"), "/foo/store/k7pm8csm3ivc14m6xcczsy61dx9gmyij-b")
  })

  it("of a file is named by the method and the algorithm of its hash", () => {
    const sha1 = hashBytes("sha1", "hello\n")
    const sha256 = hashBytes("sha256", "hello\n")
    assert.equal(contentPath("flat", "flat", sha256), "/nix/store/hrzh64qwa6kpxv4ik12aiyppb3r0njks-flat")
    assert.equal(contentPath("flat", "flat", sha1), "/nix/store/w6b5y6vkvz8n60ldvkgm1jllmnd1l86a-flat")
    const git = parseHash("da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1")
    assert.equal(contentPath("git", "git", git), "/nix/store/76laq56kqi6a5m1vbnr28aq7pn7w3db6-git")
  })

  it("may not refer to others where Nix has no place for it", () => {
    const references = { others: ["/nix/store/qg27jl1a4rz2d537q07bkmvx015ynlls-b"], self: false }
    assert.throws(
      () => contentPath("x", "flat", hashBytes("sha256", ""), references),
      /not allowed to refer to other store paths/,
    )
  })

  const long = "x".repeat(211)
  for (const name of [".a", "..a", "...", "a=b?c+d_e", "a.drv", long])
    it(`takes the name '${name}'`, () => assert.match(textPath(name, "", []), /^\/nix\/store\/.{32}-/))

  const refused: [name: string, message: string][] = [
    ["", "path '9ip48nkc9rfy0a4yaw98lp6gipqlib1a-' is not a valid store path: name must not be empty"],
    [".", "path 'khp6hm2aap1d9ycahxnmwqr7gnvwbikg-.' is not a valid store path: name '.' is not valid"],
    ["..", "path 'yc27spr25pmak3i9djrn9028qxdiyf84-..' is not a valid store path: name '..' is not valid"],
    [
      ".-a",
      "path '5gpv15j2hawxl2wrjl6ap4jnkbn5gblk-.-a' is not a valid store path: name '.-a' is not valid: first dash-separated component must not be '.'",
    ],
    [
      "..-",
      "path '40jr0izqh1rkcvwz66nbw4sfd20syxrk-..-' is not a valid store path: name '..-' is not valid: first dash-separated component must not be '..'",
    ],
    [
      "a b",
      "path 'sk64w0fn0hk63yrgvwpzkh853xfndyn1-a b' is not a valid store path: name 'a b' contains illegal character ' '",
    ],
    [
      "a~",
      "path 'zz4j50jf2935ychj18n06w0x7fc0n6vc-a~' is not a valid store path: name 'a~' contains illegal character '~'",
    ],
    [
      `a${long}`,
      `path 'c63fjiyq5qbppn7bma4gckhrp9hdg3l8-a${long}' is not a valid store path: name 'a${long}' must be no longer than 211 characters`,
    ],
  ]
  for (const [name, message] of refused)
    it(`refuses the name '${name}' as Nix does`, () =>
      assert.throws(() => textPath(name, "", []), { name: "StoreError", message }))

  it("is found in front of a longer path", () => {
    const storePath = `/nix/store/${digest}-hello-2.12.3.drv`
    assert.deepEqual(splitStorePath(`${storePath}/a/b`), { storePath, rest: "/a/b" })
    assert.deepEqual(splitStorePath(storePath), { storePath, rest: "" })
    assert.deepEqual(parseStorePath(storePath), { digest, name: "hello-2.12.3.drv" })
    // Nix never looks at what stands between the digest and the name.
    assert.deepEqual(parseStorePath(`/nix/store/${digest}xx`), { digest, name: "x" })
  })

  const notInStore: [path: string, message: string][] = [
    ["/nix/storefoo", "path '/nix/storefoo' is not in the Nix store"],
    ["/nix/store/", "path '/nix/store/' is not in the Nix store"],
    ["/nix/store/foo", "'foo' is too short to be a valid store path"],
    [`/nix/store/${digest}`, `'${digest}' is too short to be a valid store path`],
    [`/nix/store/${digest}-`, `path '${digest}-' is not a valid store path: name must not be empty`],
    [
      `/nix/store/e${digest.slice(1)}-a`,
      `store path 'e${digest.slice(1)}-a' contains illegal base-32 character 'e'`,
    ],
  ]
  for (const [path, message] of notInStore)
    it(`does not take ${path} apart`, () => {
      assert.throws(() => splitStorePath(path), { name: "StoreError", message })
      assert.equal(isStorePath(path), false)
    })

  it("is not what lies inside of one", () => {
    assert.equal(isStorePath(`/nix/store/${digest}-a`), true)
    assert.equal(isStorePath(`/nix/store/${digest}-a/b`), false)
    assert.equal(isStorePath(`/foo/${digest}-a`), false)
  })
})

describe("placeholder", () => {
  it("stands for an output that has no path yet", () => {
    assert.equal(placeholder("out"), "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9")
    assert.equal(placeholder("dev"), "/02qcpld1y6xhs5gz9bchpxaw0xdhmsp5dv88lh25r2ss44kh8dxz")
  })

  it("of another derivation depends on its path and the output", () => {
    const float = "/nix/store/1syf7lx8xvirab1jy1nc4gx713s4rzba-float.drv"
    assert.equal(upstreamPlaceholder(float, "out"), "/11j9kba94lir0aa6bhjnz7vfs9gf6x9xnaqigznipj01v0zvf02z")
    assert.equal(upstreamPlaceholder(float, "dev"), "/1gi8fa6mff6nrwb764q80r7f75qbnjpd4krnhyg6dk2qay7xxgyi")
  })
})
