// Where the fleets of a workspace are: the flake that a folder is or lies in, else the flakes below it, else what a folder
// without any flake says of hosts.
//
// A folder of the workspace that is (in) a flake decides for everything below it: the flakes inside, such as templates and
// vendored inputs, are read as part of it. A file outside of the workspace is no reason to open its flake: who follows a link
// into nixpkgs does not want nixpkgs evaluated.

import { dirname, join } from "node:path"
import { entryFiles } from "../fleet/index.js"
import type { World } from "./world.js"

type Hosts = Readonly<Record<string, string>> | undefined

/** Flakes lie near the top; a workspace may hold a whole disk below. */
const LEVELS = 3
const MAX_FOLDERS = 500

/** Folders that hold other people's files. */
const skipped: ReadonlySet<string> = new Set(["node_modules", "result", "target", "vendor", "dist"])

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

/** Whether a flake holds a folder of the workspace, or there is none: then the files that are open are all there is. */
function isOfWorkspace(root: string | undefined, folders: readonly string[]): boolean {
  return folders.length === 0 || folders.some(folder => `${folder}/`.startsWith(`${root}/`))
}

function flakeAbove(folder: string, { isFile }: World): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isFile(join(at, "flake.nix"))) return at
    if (dirname(at) === at) return undefined
  }
}

/** The topmost flakes below a folder, level by level. */
function flakesBelow(folder: string, world: World): string[] {
  const found: string[] = []
  let level = [folder]
  let seen = 0
  for (let depth = 0; depth < LEVELS; depth++) {
    const next: string[] = []
    for (const parent of level)
      for (const name of world.foldersIn(parent)) {
        if (name.startsWith(".") || skipped.has(name) || ++seen > MAX_FOLDERS) continue
        const child = join(parent, name)
        if (world.isFile(join(child, "flake.nix"))) found.push(child)
        else next.push(child)
      }
    level = next
  }
  return found
}

/**
 * Whether a folder without a flake is a fleet: the person says so, or its files do. Most folders with a default.nix are
 * packages, which nobody wants evaluated.
 */
function isFlakeless(folder: string, world: World, hosts: Hosts): boolean {
  if (Object.keys(hosts ?? {}).length > 0) return true
  const [entry, hive] = entryFiles
  if (world.isFile(join(folder, hive))) return true
  return /\b(nixos|darwin|home)Configurations\b/.test(world.readText(join(folder, entry)) ?? "")
}
