// Which flake an argument means: a folder, whose flake may be in one above it as Nix has it, or a flake reference.

import { statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

/** The folder that holds flake.nix, absolute; or the reference itself when the argument names no folder. */
export function flakeRoot(argument: string, folder: string): string {
  if (/^path:[^/?]/.test(argument)) return withAbsolutePath(argument, folder)
  const path = resolve(folder, argument)
  if (!/^[./~]/.test(argument) && !isFolder(path)) return argument
  return flakeAbove(path) ?? path
}

/** `path:.` means this folder, and no folder above it. */
function withAbsolutePath(reference: string, folder: string): string {
  const [path, ...query] = reference.slice("path:".length).split("?")
  return ["path:".concat(resolve(folder, path)), ...query].join("?")
}

/** The nearest folder with a flake.nix, up to the top of the repository. */
function flakeAbove(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (exists(join(at, "flake.nix"))) return at
    if (exists(join(at, ".git")) || at === dirname(at)) return undefined
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
