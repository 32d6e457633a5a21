// The flakes below a folder that is no flake itself: a workspace that holds several, or a repository with its flake in a folder.

/** Flakes are near the top of a workspace, which may hold a whole disk. */
const LEVELS = 3
const MAX_FOLDERS = 500

/** Folders with other people's files. */
const skipped: ReadonlySet<string> = new Set(["node_modules", "result", "target", "vendor", "dist"])

/** What of the disk is asked. */
interface Disk {
  /** The names of the folders in a folder. */
  foldersIn(path: string): readonly string[]
  isFile(path: string): boolean
}

/** The topmost flakes below a folder, level by level. What is below a flake belongs to it. */
export function flakesBelow(folder: string, disk: Disk): string[] {
  const found: string[] = []
  let level = [folder]
  let seen = 0
  for (let depth = 0; depth < LEVELS; depth++) {
    const next: string[] = []
    for (const parent of level)
      for (const name of disk.foldersIn(parent)) {
        if (name.startsWith(".") || skipped.has(name) || ++seen > MAX_FOLDERS) continue
        const child = `${parent}/${name}`
        if (disk.isFile(`${child}/flake.nix`)) found.push(child)
        else next.push(child)
      }
    level = next
  }
  return found
}
