// Versions, names of packages and references to flakes: texts with a grammar of their own, put together from its parts.

import { type Expression, text } from "../expression.js"
import type { Generator } from "./generator.js"

const components = ["0", "1", "2", "10", "007", "a", "b", "pre", "rc", "alpha", "x86", "1a", "é", ""]
const separators = [".", "-", "", "..", "+", "_"]

function joined(g: Generator, parts: readonly string[], between: readonly string[], most: number): string {
  return g.random.some(1, most, i => (i === 0 ? "" : g.random.pick(between)) + g.random.pick(parts)).join("")
}

export function randomVersion(g: Generator): Expression {
  return text(`"${joined(g, components, separators, 5)}"`)
}

export function randomPackageName(g: Generator): Expression {
  const name = joined(g, ["hello", "a", "b2", "x_y", "3d", ""], ["-"], 3)
  return text(`"${name}-${joined(g, components, separators, 3)}"`)
}

const schemes = [
  "github:",
  "gitlab:",
  "sourcehut:",
  "git+https://",
  "git+ssh://git@",
  "git+file://",
  "path:",
  "flake:",
  "tarball+https://",
  "https://",
  "file+https://",
  "hg+https://",
  "",
  "x:",
]
const places = [
  "a/b",
  "a/b/c",
  "a/b/0123456789abcdef0123456789abcdef01234567",
  "a",
  "/a/b",
  "/a b",
  "./x",
  "a.b/c.tar.gz",
  "nixpkgs",
  "nixpkgs/nixos-unstable",
  "a/b/c/d",
  "",
]
const queries = [
  "ref=main",
  "rev=0123456789abcdef0123456789abcdef01234567",
  "rev=x",
  "dir=sub",
  "dir=a%20b",
  "narHash=sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "shallow=1",
  "submodules=1",
  "lastModified=12",
  "host=h.org",
  "foo=bar",
  "ref",
]

export function randomFlakeRef(g: Generator): Expression {
  const asked = g.random.some(0, 2, () => g.random.pick(queries)).join("&")
  const query = asked === "" ? "" : `?${asked}`
  const fragment = g.random.chance(0.05) ? "#x" : ""
  return text(`"${g.random.pick(schemes)}${g.random.pick(places)}${query}${fragment}"`)
}
