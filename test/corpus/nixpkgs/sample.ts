// Which packages of nixpkgs are compared: the folders of pkgs/by-name in the order of the SHA-256 of their names, which is
// fixed, favours nobody, and gives the same list to everyone. A longer list begins with the shorter one.

import { createHash } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"

/** The first `count` names of the order. */
export function samplePackages(nixpkgs: string, count: number): string[] {
  const root = join(nixpkgs, "pkgs/by-name")
  const names = readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(shard => readdirSync(join(root, shard.name)))
  const rank = new Map(names.map(name => [name, createHash("sha256").update(name).digest("hex")]))
  return names.sort((a, b) => ((rank.get(a) ?? "") < (rank.get(b) ?? "") ? -1 : 1)).slice(0, count)
}
