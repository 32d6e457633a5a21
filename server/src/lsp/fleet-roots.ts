// Where the fleets of a workspace are: the flake in or above a folder; otherwise the flakes below it; otherwise the folder itself,
// if its files or the settings say that hosts are in it.
//
// If a workspace folder is part of a flake, everything below it is, too: the flakes inside are templates and vendored inputs. A
// file outside of the workspace never opens a flake: whoever follows a link into nixpkgs does not want nixpkgs evaluated.

import { dirname, join } from "node:path"
import { entryFiles, flakesBelow } from "../fleet/index.js"
import type { World } from "./world.js"

type Hosts = Readonly<Record<string, string>> | undefined

/** The fleets to open with a folder of the workspace. */
export function rootsIn(folder: string, world: World, hosts: Hosts): string[] {
  const above = flakeAbove(folder, world)
  if (above !== undefined) return [above]
  const below = flakesBelow(folder, world)
  return below.length === 0 && isFlakeless(folder, world, hosts) ? [folder] : below
}

/** The fleet that a file belongs to. */
export function rootOf(
  path: string,
  folders: readonly string[],
  world: World,
  hosts: Hosts,
): string | undefined {
  const folder = folders.find(folder => path.startsWith(`${folder}/`))
  const above = folder === undefined ? undefined : flakeAbove(folder, world)
  const nearest = above ?? flakeAbove(dirname(path), world)
  if (folder === undefined) return isOfWorkspace(nearest, folders) ? nearest : undefined
  if (nearest !== undefined) return nearest
  return isFlakeless(folder, world, hosts) ? folder : undefined
}

/** Whether a flake contains a workspace folder. Without any folder the open files are the workspace, and any flake counts. */
function isOfWorkspace(root: string | undefined, folders: readonly string[]): boolean {
  return folders.length === 0 || folders.some(folder => `${folder}/`.startsWith(`${root}/`))
}

function flakeAbove(folder: string, { isFile }: World): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isFile(join(at, "flake.nix"))) return at
    if (dirname(at) === at) return undefined
  }
}

/**
 * Whether a folder without a flake is a fleet, by the settings or by its files. A default.nix alone is not enough: most of them
 * are packages.
 */
function isFlakeless(folder: string, world: World, hosts: Hosts): boolean {
  if (Object.keys(hosts ?? {}).length > 0) return true
  const [entry, hive] = entryFiles
  if (world.isFile(join(folder, hive))) return true
  return /\b(nixos|darwin|home)Configurations\b/.test(world.readText(join(folder, entry)) ?? "")
}
