// Which flake an argument means: a flake reference, or a folder, whose flake.nix may be in a folder above it (as with Nix).

import { statSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { entryFiles, FlakeRefError, flakesBelow, isPathRef } from "../fleet/index.js"
import { foldersIn } from "../machine/folders.js"
import type { Given } from "./arguments.js"
import { Failure } from "./command.js"

/**
 * The absolute path of the folder that holds flake.nix, or the reference itself when the argument names no folder.
 * @param notice is told, in Nix's words, when the folder has no flake.nix of its own
 * @throws Failure when no folder above it has one either
 */
export function flakeRoot(
  argument: string,
  folder: string,
  notice: (text: string) => void = () => {},
): string {
  if (/^path:[^/?]/.test(argument)) return withAbsolutePath(argument, folder)
  if (!/^[./~]/.test(argument) && !isFolder(resolve(folder, argument)) && !meansPath(argument))
    return argument
  const [written, ...query] = argument.split("?")
  const root = flakeAbove(folderOf(resolve(folder, written), notice), notice)
  return query.length === 0 ? root : withQuery(root, query.join("?"), argument)
}

/** The folder that a path means. @throws Failure when it means none */
function folderOf(path: string, notice: (text: string) => void): string {
  if (!exists(path)) throw new Failure(`getting status of "${path}": No such file or directory`)
  if (isFolder(path)) return path
  const above = dirname(path)
  if (basename(path) !== "flake.nix")
    throw new Failure(`path "${path}" is not a flake (because it's not a directory)`)
  notice(
    `warning: Path "${path}" should point at the directory containing the 'flake.nix' file, not the file itself. ` +
      `Pretending that you meant "${above}"`,
  )
  return above
}

/** Whether Nix would read the argument as a path: anything that is no reference, such as `github:a`. */
function meansPath(argument: string): boolean {
  try {
    return isPathRef(argument)
  } catch (error) {
    if (error instanceof FlakeRefError) return false
    throw error
  }
}

/**
 * The same for commands on a whole fleet, which may also live in a folder without a flake (`default.nix`, `hive.nix`).
 * @param given where the command line says that hosts are (`--hosts`)
 * @throws Failure when there is neither a flake nor such a file
 */
export function fleetRoot(argument: string, folder: string, given: Given<"--hosts">): string {
  try {
    return flakeRoot(argument, folder)
  } catch (error) {
    const path = resolve(folder, argument)
    const isFleet =
      isFolder(path) && (given.has("--hosts") || entryFiles.some(name => exists(join(path, name))))
    if (!(error instanceof Failure)) throw error
    if (isFleet) return path
    if (!isFolder(path)) throw error
    throw new Failure(error.message + (flakesIn(path, folder) || withoutFlake))
  }
}

/** Most fleets without a flake have files of other names: nilla.nix, network.nix. */
const withoutFlake =
  "\nHosts may be elsewhere: '--hosts KIND FILE#ATTR' names a set of them, such as '--hosts nixos fleet.nix#machines'"

/** The flakes below a folder that is none, for the person to choose from: every one is a fleet of its own. */
function flakesIn(path: string, folder: string): string {
  const found = flakesBelow(path, { foldersIn, isFile: exists })
  if (found.length === 0) return ""
  const listed = found.map(at => `\n  ${relative(folder, at)}`)
  return `\nThese folders below it have one:${listed.sort().join("")}`
}

/** A path with a query, such as `.?submodules=1`, means the repository around it, if there is one. @throws Failure */
function withQuery(root: string, query: string, argument: string): string {
  const top = repositoryAbove(root)
  if (top === undefined) return `path://${pathToFileURL(root).pathname}?${query}`
  if (top === root) return `git+${pathToFileURL(top).href}?${query}`
  if (new URLSearchParams(query).has("dir"))
    throw new Failure(`flake URL '${argument}' has an inconsistent 'dir' parameter`)
  const dir = encodeURIComponent(relative(top, root)).replaceAll("%2F", "/")
  return `git+${pathToFileURL(top).href}?${query}&dir=${dir}`
}

/** The top of the repository that holds a folder. */
export function repositoryAbove(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (exists(join(at, ".git"))) return at
    if (at === dirname(at)) return undefined
  }
}

/** `path:.` means this very folder, and none above it. */
function withAbsolutePath(reference: string, folder: string): string {
  const [path, ...query] = reference.slice("path:".length).split("?")
  return ["path:".concat(resolve(folder, path)), ...query].join("?")
}

/** The nearest folder with a flake.nix, up to the top of the repository. @throws Failure */
function flakeAbove(path: string, notice: (text: string) => void): string {
  if (!exists(join(path, "flake.nix"))) notice(`path "${path}" does not contain a 'flake.nix', searching up`)
  for (let at = path; ; at = dirname(at)) {
    if (exists(join(at, "flake.nix"))) return at
    if (exists(join(at, ".git"))) throw new Failure(notPartOf(at))
    if (at === dirname(at)) throw new Failure("could not find a flake.nix file")
  }
}

function notPartOf(path: string): string {
  return `path "${path}" is not part of a flake (neither it nor its parent directories contain a 'flake.nix' file)`
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
