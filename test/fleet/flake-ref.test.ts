// Flake references against what Nix 2.34.8 said of each: `builtins.parseFlakeRef`, and `builtins.flakeRefToString` of the result.

import assert from "node:assert/strict"
import { parseFlakeRefWithFragment } from "../../server/src/fleet/flake/flake-ref-parse.js"
import { type FlakeRef, FlakeRefError, parseFlakeRef, printFlakeRef } from "../../server/src/fleet/index.js"

/** Text, attributes, and the text in its normal form; null where Nix does not print it. */
const references: readonly (readonly [string, FlakeRef, string | null])[] = [
  ["nixpkgs", { id: "nixpkgs", type: "indirect" }, "flake:nixpkgs"],
  [
    "nixpkgs/nixos-24.05",
    { id: "nixpkgs", ref: "nixos-24.05", type: "indirect" },
    "flake:nixpkgs/nixos-24.05",
  ],
  [
    "nixpkgs/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    { id: "nixpkgs", rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2", type: "indirect" },
    "flake:nixpkgs/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
  ],
  [
    "nixpkgs/nixos-24.05/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    { id: "nixpkgs", ref: "nixos-24.05", rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2", type: "indirect" },
    "flake:nixpkgs/nixos-24.05/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
  ],
  [
    "flake:nixpkgs/x?dir=foo",
    { dir: "foo", id: "nixpkgs", ref: "x", type: "indirect" },
    "flake:nixpkgs/x?dir=foo",
  ],
  ["flake:nixpkgs", { id: "nixpkgs", type: "indirect" }, "flake:nixpkgs"],
  ["path:./b", { path: "./b", type: "path" }, "path:./b"],
  ["path:../b?dir=x", { dir: "x", path: "../b", type: "path" }, "path:../b?dir=x"],
  ["path:/a/b/../c", { path: "/a/b/../c", type: "path" }, "path:/a/b/../c"],
  [
    "path:/a/b?narHash=sha256-DOWZ+jHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI=",
    { narHash: "sha256-DOWZ+jHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI=", path: "/a/b", type: "path" },
    "path:/a/b?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D",
  ],
  [
    "path:/a/b?lastModified=5&revCount=3&rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    {
      lastModified: 5,
      path: "/a/b",
      rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
      revCount: 3,
      type: "path",
    },
    "path:/a/b?lastModified=5&rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2&revCount=3",
  ],
  ["path:b", { path: "b", type: "path" }, "path:b"],
  ["path:.", { path: ".", type: "path" }, "path:."],
  ["path:", { path: "/", type: "path" }, "path:/"],
  ["/a/b", { path: "/a/b", type: "path" }, "path:/a/b"],
  ["/a/b?dir=c", { dir: "c", path: "/a/b", type: "path" }, "path:/a/b?dir=c"],
  ["/a%20b", { path: "/a%20b", type: "path" }, "path:/a%2520b"],
  ["/a b", { path: "/a b", type: "path" }, "path:/a%20b"],
  ["github:NixOS/nixpkgs", { owner: "NixOS", repo: "nixpkgs", type: "github" }, "github:NixOS/nixpkgs"],
  [
    "github:NixOS/nixpkgs/nixos-24.05",
    { owner: "NixOS", ref: "nixos-24.05", repo: "nixpkgs", type: "github" },
    "github:NixOS/nixpkgs/nixos-24.05",
  ],
  [
    "github:NixOS/nixpkgs/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    { owner: "NixOS", repo: "nixpkgs", rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2", type: "github" },
    "github:NixOS/nixpkgs/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
  ],
  [
    "github:NixOS/nixpkgs/feature/x/y",
    { owner: "NixOS", ref: "feature/x/y", repo: "nixpkgs", type: "github" },
    "github:NixOS/nixpkgs/feature%2Fx%2Fy",
  ],
  [
    "github:NixOS/nixpkgs?ref=foo/bar",
    { owner: "NixOS", ref: "foo/bar", repo: "nixpkgs", type: "github" },
    "github:NixOS/nixpkgs/foo%2Fbar",
  ],
  [
    "github:NixOS/nixpkgs?rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2&dir=lib",
    {
      dir: "lib",
      owner: "NixOS",
      repo: "nixpkgs",
      rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
      type: "github",
    },
    "github:NixOS/nixpkgs/23dd7fa91602a68bd04847ac41bc10af1e6e2fd2?dir=lib",
  ],
  [
    "github:NixOS/nixpkgs?host=git.example.org",
    { host: "git.example.org", owner: "NixOS", repo: "nixpkgs", type: "github" },
    "github:NixOS/nixpkgs?host=git.example.org",
  ],
  [
    "github:NixOS/nixpkgs?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D",
    {
      narHash: "sha256-DOWZ+jHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI=",
      owner: "NixOS",
      repo: "nixpkgs",
      type: "github",
    },
    "github:NixOS/nixpkgs?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D",
  ],
  [
    "github:NixOS/nixpkgs?lastModified=4",
    { owner: "NixOS", repo: "nixpkgs", type: "github" },
    "github:NixOS/nixpkgs",
  ],
  [
    "github:NixOS/nixpkgs?foo=bar",
    { owner: "NixOS", repo: "nixpkgs", type: "github" },
    "github:NixOS/nixpkgs",
  ],
  ["github:NixOS/nixpkgs/", { owner: "NixOS", repo: "nixpkgs", type: "github" }, "github:NixOS/nixpkgs"],
  ["gitlab:veloren/veloren", { owner: "veloren", repo: "veloren", type: "gitlab" }, "gitlab:veloren/veloren"],
  [
    "gitlab:group%2Fsub/repo/main",
    { owner: "group/sub", ref: "main", repo: "repo", type: "gitlab" },
    "gitlab:group%2Fsub/repo/main",
  ],
  [
    "gitlab:a/b?host=gitlab.gnome.org",
    { host: "gitlab.gnome.org", owner: "a", repo: "b", type: "gitlab" },
    "gitlab:a/b?host=gitlab.gnome.org",
  ],
  [
    "sourcehut:~misterio/nix-colors",
    { owner: "~misterio", repo: "nix-colors", type: "sourcehut" },
    "sourcehut:~misterio/nix-colors",
  ],
  [
    "sourcehut:~misterio/nix-colors/main?host=git.sr.ht",
    { host: "git.sr.ht", owner: "~misterio", ref: "main", repo: "nix-colors", type: "sourcehut" },
    "sourcehut:~misterio/nix-colors/main?host=git.sr.ht",
  ],
  [
    "git+https://github.com/x/y",
    { type: "git", url: "https://github.com/x/y" },
    "git+https://github.com/x/y",
  ],
  [
    "git+https://github.com/x/y?ref=main&rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    {
      ref: "main",
      rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
      type: "git",
      url: "https://github.com/x/y",
    },
    "git+https://github.com/x/y?ref=main&rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
  ],
  [
    "git+https://github.com/x/y.git?shallow=1&submodules=1&dir=a/b",
    { dir: "a/b", shallow: true, submodules: true, type: "git", url: "https://github.com/x/y.git" },
    "git+https://github.com/x/y.git?dir=a/b&shallow=1&submodules=1",
  ],
  [
    "git+https://github.com/x/y?foo=bar&allRefs=1&lfs=1&exportIgnore=1",
    { allRefs: true, exportIgnore: true, lfs: true, type: "git", url: "https://github.com/x/y?foo=bar" },
    "git+https://github.com/x/y?exportIgnore=1&foo=bar&lfs=1",
  ],
  [
    "git+ssh://git@github.com/x/y.git",
    { type: "git", url: "ssh://git@github.com/x/y.git" },
    "git+ssh://git@github.com/x/y.git",
  ],
  [
    "git+ssh://git@github.com:22/x/y.git?ref=x",
    { ref: "x", type: "git", url: "ssh://git@github.com:22/x/y.git" },
    "git+ssh://git@github.com:22/x/y.git?ref=x",
  ],
  ["git+file:///a/b", { type: "git", url: "file:///a/b" }, "git+file:///a/b"],
  ["git+file:///a/b?dir=c", { dir: "c", type: "git", url: "file:///a/b" }, "git+file:///a/b?dir=c"],
  ["git+file:/a/b", { type: "git", url: "file:/a/b" }, "git+file:/a/b"],
  ["git+file:./b", { type: "git", url: "file:./b" }, "git+file:./b"],
  ["git+file:b", { type: "git", url: "file:b" }, "git+file:b"],
  ["git://example.org/x", { type: "git", url: "git://example.org/x" }, "git://example.org/x"],
  ["git+git://example.org/x", { type: "git", url: "git://example.org/x" }, "git://example.org/x"],
  [
    "git+http://example.org/x?narHash=sha256-DOWZ+jHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI=",
    {
      type: "git",
      url: "http://example.org/x?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D",
    },
    "git+http://example.org/x?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D",
  ],
  [
    "https://example.org/x.tar.gz",
    { type: "tarball", url: "https://example.org/x.tar.gz" },
    "https://example.org/x.tar.gz",
  ],
  ["https://example.org/x", { type: "tarball", url: "https://example.org/x" }, "https://example.org/x"],
  [
    "https://example.org/x.tar.gz?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D&rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    {
      narHash: "sha256-DOWZ+jHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI=",
      rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
      type: "tarball",
      url: "https://example.org/x.tar.gz",
    },
    "https://example.org/x.tar.gz?narHash=sha256-DOWZ%2BjHxE7Tz/D7tDNpfSDdGLwA/mcSDW8o7HYtMXjI%3D",
  ],
  [
    "https://example.org/x.tar.gz?foo=bar&dir=sub",
    { dir: "sub", type: "tarball", url: "https://example.org/x.tar.gz?foo=bar" },
    "https://example.org/x.tar.gz?dir=sub&foo=bar",
  ],
  [
    "https://example.org/x.tar.gz?lastModified=4&revCount=2",
    { lastModified: 4, revCount: 2, type: "tarball", url: "https://example.org/x.tar.gz" },
    "https://example.org/x.tar.gz",
  ],
  [
    "https://flakehub.com/f/NixOS/nixpkgs/0.2411.*.tar.gz",
    { type: "tarball", url: "https://flakehub.com/f/NixOS/nixpkgs/0.2411.%2A.tar.gz" },
    "https://flakehub.com/f/NixOS/nixpkgs/0.2411.%2A.tar.gz",
  ],
  [
    "tarball+https://example.org/x",
    { type: "tarball", url: "https://example.org/x" },
    "https://example.org/x",
  ],
  ["tarball+file:///a/x", { type: "tarball", url: "file:///a/x" }, "file:///a/x"],
  ["file+https://example.org/x", { type: "file", url: "https://example.org/x" }, "https://example.org/x"],
  ["file:///a/b.tar.gz", { type: "tarball", url: "file:///a/b.tar.gz" }, "file:///a/b.tar.gz"],
  ["file:///a/b", { type: "tarball", url: "file:///a/b" }, "file:///a/b"],
  ["file+file:///a/b", { type: "file", url: "file:///a/b" }, "file:///a/b"],
  [
    "https://example.org/x?unpack=1",
    { type: "tarball", url: "https://example.org/x" },
    "https://example.org/x",
  ],
  ["hg+https://example.org/x", { type: "hg", url: "https://example.org/x" }, "hg+https://example.org/x"],
  [
    "hg+https://example.org/x/default?rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    { rev: "23dd7fa91602a68bd04847ac41bc10af1e6e2fd2", type: "hg", url: "https://example.org/x/default" },
    "hg+https://example.org/x/default?rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
  ],
  ["hg+file:///a/b?ref=x", { ref: "x", type: "hg", url: "file:///a/b" }, "hg+file:///a/b?ref=x"],
  [
    "git+https://git.clan.lol/clan/clan-core",
    { type: "git", url: "https://git.clan.lol/clan/clan-core" },
    "git+https://git.clan.lol/clan/clan-core",
  ],
  [
    "https://git.clan.lol/clan/clan-core/archive/main.tar.gz",
    { type: "tarball", url: "https://git.clan.lol/clan/clan-core/archive/main.tar.gz" },
    "https://git.clan.lol/clan/clan-core/archive/main.tar.gz",
  ],
  ["github:a/b?dir=../x", { dir: "../x", owner: "a", repo: "b", type: "github" }, "github:a/b?dir=../x"],
  [
    "git+https://x.org/y?ref=refs/heads/main",
    { ref: "refs/heads/main", type: "git", url: "https://x.org/y" },
    "git+https://x.org/y?ref=refs/heads/main",
  ],
  ["git+https://x.org/y?rev=abc", { rev: "abc", type: "git", url: "https://x.org/y" }, null],
  ["flake:foo_bar-1", { id: "foo_bar-1", type: "indirect" }, "flake:foo_bar-1"],
  ["github:a/b?dir=", { owner: "a", repo: "b", type: "github" }, "github:a/b"],
  [
    "git+https://user:pw@x.org:8080/y%20z?x=%20",
    { type: "git", url: "https://user:pw@x.org:8080/y%20z?x=%20" },
    "git+https://user:pw@x.org:8080/y%20z?x=%20",
  ],
  ["git+https://[::1]/y", { type: "git", url: "https://[::1]/y" }, "git+https://[::1]/y"],
  ["path:/a%20b", { path: "/a b", type: "path" }, "path:/a%20b"],
  ["path:///x/y", { path: "/x/y", type: "path" }, "path:/x/y"],
  ["path:/a//b/", { path: "/a/b/", type: "path" }, "path:/a/b/"],
  ["git+file:", { type: "git", url: "file:/" }, "git+file:/"],
  ["https://x.org/y?revCount=z", { type: "tarball", url: "https://x.org/y" }, "https://x.org/y"],
  [
    "git+https://x.org/y?submodules=true",
    { submodules: false, type: "git", url: "https://x.org/y" },
    "git+https://x.org/y",
  ],
  [
    "git+https://x.org/y?submodules=0",
    { submodules: false, type: "git", url: "https://x.org/y" },
    "git+https://x.org/y",
  ],
  [
    "git+https://x.org/y?name=foo",
    { type: "git", url: "https://x.org/y?name=foo" },
    "git+https://x.org/y?name=foo",
  ],
  ["https://x.org/y.zip", { type: "tarball", url: "https://x.org/y.zip" }, "https://x.org/y.zip"],
  [
    "https://x.org/y.tgz?a=1&a=2",
    { type: "tarball", url: "https://x.org/y.tgz?a=1" },
    "https://x.org/y.tgz?a=1",
  ],
  ["github:a/b?revCount=3", { owner: "a", repo: "b", type: "github" }, "github:a/b"],
  ["gitlab:a/b/c/d", { owner: "a", ref: "c/d", repo: "b", type: "gitlab" }, "gitlab:a/b/c%2Fd"],
  [
    "github:a/b/refs/pull/3/head",
    { owner: "a", ref: "refs/pull/3/head", repo: "b", type: "github" },
    "github:a/b/refs%2Fpull%2F3%2Fhead",
  ],
]

/** Text, and what Nix says is wrong with it. */
const refused: readonly (readonly [string, string])[] = [
  ["path:/a/b?foo=1", "path URL 'path:/a/b?foo=1' has unsupported parameter 'foo'"],
  ["./b", "flake reference './b' is not an absolute path"],
  ['./b?c "d', "flake reference './b?c \"d' is not an absolute path"],
  ["./b?c<d", "invalid URI query 'c<d': leftover"],
  ["/a?dir=%4", "invalid URI query 'dir=%4': leftover"],
  ["github:a/b?dir={c}", "invalid URI query 'dir={c}': leftover"],
  [".", "flake reference '.' is not an absolute path"],
  ["..", "flake reference '..' is not an absolute path"],
  ["../x#y", "flake reference '../x#y' is not an absolute path"],
  [
    "github:NixOS/nixpkgs/foo?rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2",
    "flake reference 'github:NixOS/nixpkgs/foo?rev=23dd7fa91602a68bd04847ac41bc10af1e6e2fd2' is not an absolute path",
  ],
  [
    "github:NixOS/nixpkgs/foo?ref=bar",
    "flake reference 'github:NixOS/nixpkgs/foo?ref=bar' is not an absolute path",
  ],
  ["github:NixOS", "flake reference 'github:NixOS' is not an absolute path"],
  ["github:NixOS/", "flake reference 'github:NixOS/' is not an absolute path"],
  ["github:/x", "flake reference 'github:/x' is not an absolute path"],
  ["mercurial:x", "input 'mercurial:x' is unsupported"],
  ["nixpkgs#hello", "unexpected fragment 'hello' in flake reference 'nixpkgs#hello'"],
  [
    "github:NixOS/nixpkgs#hello",
    "unexpected fragment 'hello' in flake reference 'github:NixOS/nixpkgs#hello'",
  ],
  ["git+file:///a b", "flake reference 'git+file:///a b' is not an absolute path"],
  ["https://ex ample.org/", "flake reference 'https://ex ample.org/' is not an absolute path"],
  ["foo bar", "flake reference 'foo bar' is not an absolute path"],
  ["foo!", "flake reference 'foo!' is not an absolute path"],
  ["github:a/b?rev=abc", "hash 'abc' has wrong length for hash algorithm 'sha1'"],
  ["github:a/b?ref=..", "flake reference 'github:a/b?ref=..' is not an absolute path"],
  ["github:a/b/ref..x", "flake reference 'github:a/b/ref..x' is not an absolute path"],
  ["ssh://git@x/y", "input 'ssh://git@x/y' is unsupported"],
  ["git@github.com:x/y", "flake reference 'git@github.com:x/y' is not an absolute path"],
  ["git+https://x.org/y?ref=a..b", "flake reference 'git+https://x.org/y?ref=a..b' is not an absolute path"],
  ["git+file://a/b", "flake reference 'git+file://a/b' is not an absolute path"],
  ["git+https:a", "flake reference 'git+https:a' is not an absolute path"],
  ["git+https://a:99999/b", "flake reference 'git+https://a:99999/b' is not an absolute path"],
  ["nixpkgs/a/b", "in flake URL 'flake:nixpkgs/a/b', 'b' is not a commit hash"],
  ["flake:nixpkgs/a/b", "flake reference 'flake:nixpkgs/a/b' is not an absolute path"],
  ["flake:1foo", "flake reference 'flake:1foo' is not an absolute path"],
  ["nixpkgs/a..b", "in flake URL 'flake:nixpkgs/a..b', 'a..b' is not a commit hash or branch/tag name"],
  ["path:/a b", "flake reference 'path:/a b' is not an absolute path"],
  ["path://x/y", "path URL 'path://x/y' should not have an authority ('x')"],
  ["github:a b/c", "flake reference 'github:a b/c' is not an absolute path"],
  ["github:a/b/c?ref=", "flake reference 'github:a/b/c?ref=' is not an absolute path"],
  ["GitHub:a/b", "input 'GitHub:a/b' is unsupported"],
]

/** Attributes that stand for no reference, and why. */
const unprintable: readonly (readonly [FlakeRef, string])[] = [
  [
    { rev: "abc", type: "git", url: "https://x.org/y" },
    "hash 'abc' has wrong length for hash algorithm 'sha1'",
  ],
  [{ type: "github", owner: "a" }, "input attribute 'repo' is missing"],
  [{ owner: "a" }, "'type' attribute to specify input scheme is required but not provided"],
  [{ type: "indirect", id: "1x" }, "'1x' is not a valid flake ID"],
  [{ type: "path", path: "/a", foo: "x" }, "input attribute 'foo' not supported by scheme 'path'"],
  [
    { type: "github", owner: "a", repo: "b", foo: "x" },
    "input attribute 'foo' not supported by scheme 'github'",
  ],
]

const message = (error: unknown): string => {
  assert.ok(error instanceof FlakeRefError)
  return error.message
}

function failure(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return message(error)
  }
  return "no error"
}

describe("flake references", () => {
  for (const [text, attrs, printed] of references)
    it(`${text} is what Nix says it is`, () => {
      const ref = parseFlakeRef(text)
      assert.deepEqual({ ...ref }, attrs)
      if (printed !== null) assert.equal(printFlakeRef(ref), printed)
    })

  for (const [text, wrong] of refused)
    it(`${text} is refused as by Nix`, () =>
      assert.equal(
        failure(() => parseFlakeRef(text)),
        wrong,
      ))

  for (const [attrs, wrong] of unprintable)
    it(`${JSON.stringify(attrs)} is no reference`, () =>
      assert.equal(
        failure(() => printFlakeRef(attrs)),
        wrong,
      ))

  it("keeps relative paths as they are written in flake.nix", () => {
    assert.deepEqual(parseFlakeRef("./lib", { keepRelative: true }), { type: "path", path: "./lib" })
    assert.deepEqual(parseFlakeRef("path:../lib?dir=x", { keepRelative: true }), {
      type: "path",
      path: "../lib",
      dir: "x",
    })
  })

  it("resolves relative paths against a folder", () =>
    assert.deepEqual(parseFlakeRef("../lib", { baseDir: "/a/b" }), { type: "path", path: "/a/lib" }))

  it("takes a plain URL for one file where no flake is wanted", () => {
    assert.equal(parseFlakeRef("https://x.org/y", { wantsTree: false }).type, "file")
    assert.equal(parseFlakeRef("https://x.org/y.tar.gz", { wantsTree: false }).type, "tarball")
  })

  it("splits off the attribute path behind the hash", () =>
    assert.deepEqual(parseFlakeRefWithFragment("nixpkgs#a%2Eb"), {
      ref: { type: "indirect", id: "nixpkgs" },
      fragment: "a.b",
    }))
})
