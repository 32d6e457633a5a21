// Where forges have their archives, which token goes to whom, what nix.conf says, and which proxy is used: texts in, texts out.

import assert from "node:assert/strict"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Address, archiveAddress, revision } from "../../server/src/fetch/forge.js"
import { accessTokens, readNixSettings, tokenFor } from "../../server/src/fetch/nix-conf.js"
import { proxyFor } from "../../server/src/fetch/proxy.js"
import { resolveIndirect } from "../../server/src/fetch/registry.js"
import { type FlakeRef, parseFlakeRef } from "../../server/src/fleet/index.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const rev = "0123456789012345678901234567890123456789"
const tokens = {
  "github.com": "ghp",
  "github.com/secret": "ghs",
  "gitlab.com": "PAT:glp",
  "git.sr.ht": "srht",
}

describe("an archive", () => {
  const at = (text: string, known = {}) => archiveAddress(parseFlakeRef(text), rev, known)

  it("is where each forge has it", () => {
    assert.deepEqual(
      ["github:o/r", "gitlab:g%2Fsub/r", "sourcehut:~o/r", "github:o/r?host=git.example.org"].map(
        text => at(text).url,
      ),
      [
        `https://github.com/o/r/archive/${rev}.tar.gz`,
        `https://gitlab.com/api/v4/projects/g%2Fsub%2Fr/repository/archive.tar.gz?sha=${rev}`,
        `https://git.sr.ht/~o/r/archive/${rev}.tar.gz`,
        `https://git.example.org/o/r/archive/${rev}.tar.gz`,
      ],
    )
  })

  it("is asked for with the token of its repository", () => {
    assert.deepEqual(at("github:secret/r", tokens), {
      url: `https://api.github.com/repos/secret/r/tarball/${rev}`,
      headers: { authorization: "token ghs" },
    })
    assert.deepEqual(at("github:o/r", tokens).headers, { authorization: "token ghp" })
    assert.deepEqual(at("gitlab:o/r", tokens).headers, { "private-token": "glp" })
    assert.deepEqual(at("gitlab:o/r", { "gitlab.com": "OAuth2:x" }).headers, { authorization: "Bearer x" })
    assert.deepEqual(at("sourcehut:~o/r", tokens).headers, { authorization: "Bearer srht" })
    assert.deepEqual(at("github:o/r?host=git.example.org", tokens).headers, {})
  })
})

describe("a token", () => {
  it("is that of the longest address that fits, part by part", () => {
    const known = { "github.com": "a", "github.com/org": "b" }
    assert.equal(tokenFor("github.com/org/x", known), "b")
    assert.equal(tokenFor("github.com/organisation/x", known), "a")
    assert.equal(tokenFor("github.community/x", known), undefined)
  })
})

describe("a branch", () => {
  const answers: Readonly<Record<string, string>> = {
    "https://api.github.com/repos/o/r/commits/HEAD": JSON.stringify({ sha: rev }),
    "https://api.github.com/repos/o/r/commits/none": JSON.stringify({ message: "no commit" }),
    "https://gitlab.com/api/v4/projects/o%2Fr/repository/commits?ref_name=main": JSON.stringify([
      { id: rev },
    ]),
    "https://git.sr.ht/~o/r/HEAD": "ref: refs/heads/trunk\n",
    "https://git.sr.ht/~o/r/info/refs": `${"f".repeat(40)}\trefs/heads/trunkish\n${rev}\trefs/heads/trunk\n`,
  }
  const ask = async ({ url }: Address) => answers[url] ?? assert.fail(url)
  const found = (text: string) => revision(parseFlakeRef(text), {}, ask)

  it("is looked up where each forge says it", async () => {
    for (const text of ["github:o/r", "gitlab:o/r/main", "sourcehut:~o/r"])
      assert.equal(await found(text), rev)
    await assert.rejects(found("github:o/r/none"), /'o\/r' on github.com has no branch or tag 'none'/)
  })
})

describe("nix.conf", () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder("conf")
  })

  it("is read with what it includes, and added to by what comes later", () => {
    writeFileSync(
      join(folder, "nix.conf"),
      "access-tokens = github.com=a # mine\r\n!include more\n!include none\n!include folder\n",
    )
    mkdirSync(join(folder, "folder"))
    writeFileSync(join(folder, "more"), "extra-access-tokens = gitlab.com=PAT:b\n")
    const settings = readNixSettings({
      NIX_CONF_DIR: folder,
      NIX_USER_CONF_FILES: "",
      NIX_CONFIG: "extra-access-tokens = x.org=c=d",
    })
    assert.deepEqual(accessTokens(settings), { "github.com": "a", "gitlab.com": "PAT:b", "x.org": "c=d" })
  })
})

describe("a registry", () => {
  const registry = JSON.stringify({
    version: 2,
    flakes: [
      { from: { type: "indirect", id: "short" }, to: { type: "indirect", id: "long" } },
      { from: { type: "indirect", id: "long" }, to: { type: "github", owner: "o", repo: "r", ref: "main" } },
      { from: { type: "indirect", id: "fixed" }, to: { type: "path", path: "/x" }, exact: true },
    ],
  })
  const resolved = (text: string): Promise<FlakeRef> =>
    resolveIndirect(parseFlakeRef(text), new Map(), async () => registry)

  it("leads on until a name is a place, and keeps the branch that was asked for", async () => {
    assert.deepEqual(await resolved("short"), { type: "github", owner: "o", repo: "r", ref: "main" })
    assert.equal((await resolved("long/dev")).ref, "dev")
    assert.equal((await resolved("fixed")).path, "/x")
    await assert.rejects(
      resolved("fixed/dev"),
      /cannot find flake 'flake:fixed\/dev' in the flake registries/,
    )
    await assert.rejects(resolved("none"), /cannot find flake/)
  })
})

describe("a proxy", () => {
  const environment = {
    https_proxy: "http://p:1",
    HTTP_PROXY: "http://q:2",
    no_proxy: "a.org, .b.org,c.org:8080",
  }
  const through = (url: string) => proxyFor(new URL(url), environment)

  it("is that of the scheme, unless the host is excepted", () => {
    assert.deepEqual(
      [
        "https://x.org",
        "http://x.org",
        "https://a.org",
        "https://z.a.org",
        "http://b.org",
        "https://ba.org",
        "http://c.org",
      ].map(through),
      ["http://p:1", "http://q:2", undefined, undefined, undefined, "http://p:1", "http://q:2"],
    )
    assert.equal(through("http://c.org:8080"), undefined)
    assert.equal(proxyFor(new URL("http://x"), {}), undefined)
    assert.equal(proxyFor(new URL("http://x"), { http_proxy: "p:3128" }), "http://p:3128")
  })

  it("is not for the networks that are excepted", () => {
    const isDirect = (host: string) =>
      proxyFor(new URL(`http://${host}`), {
        http_proxy: "http://p",
        no_proxy: "10.0.0.0/8,fd00::/8,x/8,1.2.3.4/99",
      }) === undefined
    assert.deepEqual(["10.1.2.3", "[fd12::1]", "11.1.2.3", "[fe80::1]", "1.2.3.4", "x"].map(isDirect), [
      true,
      true,
      ...[false, false, false, false],
    ])
  })
})
