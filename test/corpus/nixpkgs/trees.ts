// The source trees that are compared: a nixpkgs, and with it other projects that make configurations of its packages.

import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"

/** Absolute paths. */
export interface Trees {
  readonly nixpkgs: string
  readonly nixDarwin: string | undefined
  readonly homeManager: string | undefined
}

/** The trees that the environment names. */
export function treesOf(env: Readonly<Record<string, string | undefined>>): Trees {
  const { CANOPY_NIXPKGS, CANOPY_NIX_DARWIN, CANOPY_HOME_MANAGER } = env
  if (CANOPY_NIXPKGS === undefined) throw new Error("wanted CANOPY_NIXPKGS=DIR, a nixpkgs")
  return {
    nixpkgs: resolve(CANOPY_NIXPKGS),
    nixDarwin: CANOPY_NIX_DARWIN && resolve(CANOPY_NIX_DARWIN),
    homeManager: CANOPY_HOME_MANAGER && resolve(CANOPY_HOME_MANAGER),
  }
}

/** A text that names files of the trees, as it would be if they lay elsewhere. */
export function withoutPaths(text: string, { nixpkgs, nixDarwin, homeManager }: Trees): string {
  const named = text.replaceAll(nixpkgs, "NIXPKGS")
  const darwin = nixDarwin === undefined ? named : named.replaceAll(nixDarwin, "NIX_DARWIN")
  return homeManager === undefined ? darwin : darwin.replaceAll(homeManager, "HOME_MANAGER")
}

/** A hash of what every commit of importance changes: the files in the one folder that each of the trees has of these. */
export function fingerprint(trees: readonly string[]): string {
  const hash = createHash("sha256")
  for (const folder of trees.map(tellingFolder))
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort())
      if (name.endsWith(".nix")) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest("hex")
}

function tellingFolder(tree: string): string {
  const topLevel = join(tree, "pkgs/top-level")
  return existsSync(topLevel) ? topLevel : join(tree, "modules")
}
