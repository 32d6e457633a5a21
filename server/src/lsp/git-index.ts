// Where git keeps which files it tracks. Only those are part of a flake, so `git add` changes it. The patterns that a client watches by
// itself do not look above its folders, where a repository may begin, nor where that of a linked working tree is.

import { dirname, join, resolve } from "node:path"
import type { World } from "./world.js"

/** The index of the git repository that a folder is in; undefined if it is in none. */
export function gitIndexOf(folder: string, world: Pick<World, "isFile" | "readText">): string | undefined {
  const git = join(folder, ".git")
  if (world.isFile(join(git, "HEAD"))) return join(git, "index")
  const elsewhere = /^gitdir: (.*)$/m.exec(world.readText(git) ?? "")?.[1]
  if (elsewhere !== undefined) return join(resolve(folder, elsewhere), "index")
  return dirname(folder) === folder ? undefined : gitIndexOf(dirname(folder), world)
}
