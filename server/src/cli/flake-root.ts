// Which flake an argument means: a folder, whose flake may be in one above it as Nix has it, or a flake reference.

import { statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { entryFiles, FlakeRefError, parseFlakeRefWithFragment } from "../fleet/index.js"
import { Failure } from "./command.js"

/**
 * The folder that holds flake.nix, absolute; or the reference itself when the argument names no folder.
 * @param notice told, in Nix's words, that a folder has no flake.nix of its own
 * @throws Failure when there is none above it either
 */
export function flakeRoot(
  argument: string,
  folder: string,
  notice: (text: string) => void = () => {},
): string {
  if (/^path:[^/?]/.test(argument)) return withAbsolutePath(argument, folder)
  const path = resolve(folder, argument)
  if (!/^[./~]/.test(argument) && !isFolder(path) && !meansPath(argument)) return argument
  const asked = argument.indexOf("?")
  if (!exists(path) && 0 < asked) {
    const root = flakeRoot(argument.slice(0, asked), folder, notice)
    return withQuery(root, argument.slice(asked + 1), argument)
  }
  if (!exists(path)) throw new Failure(`getting status of "${path}": No such file or directory`)
  if (!isFolder(path)) throw new Failure(`path "${path}" is not a flake (because it's not a directory)`)
  if (!exists(join(path, "flake.nix"))) notice(`path "${path}" does not contain a 'flake.nix', searching up`)
  return flakeAbove(path)
}

/** What is no reference of its kind, like `github:a`, is a path to Nix. */
function meansPath(argument: string): boolean {
  try {
    const { ref } = parseFlakeRefWithFragment(argument, { keepRelative: true })
    return ref.type === "path" && !argument.startsWith("path:")
  } catch (error) {
    if (error instanceof FlakeRefError) return false
    throw error
  }
}

/**
 * The same for commands that are about a whole fleet: a folder that no flake is in may say in other files which machines
 * there are.
 * @param named whether the person says where
 * @throws Failure when nothing does
 */
export function fleetRoot(argument: string, folder: string, named: boolean): string {
  try {
    return flakeRoot(argument, folder)
  } catch (error) {
    const path = resolve(folder, argument)
    const isFleet = isFolder(path) && (named || entryFiles.some(name => exists(join(path, name))))
    if (error instanceof Failure && isFleet) return path
    throw error
  }
}

/** `.?submodules=1` asks for more of a folder than its path says: of its repository, where there is one. @throws Failure */
function withQuery(root: string, query: string, argument: string): string {
  const top = repositoryAbove(root)
  if (top === undefined) return `path:${pathToFileURL(root).pathname}?${query}`
  if (top === root) return `git+${pathToFileURL(top).href}?${query}`
  if (new URLSearchParams(query).has("dir"))
    throw new Failure(`flake URL '${argument}' has an inconsistent 'dir' parameter`)
  const dir = encodeURIComponent(relative(top, root)).replaceAll("%2F", "/")
  return `git+${pathToFileURL(top).href}?${query}&dir=${dir}`
}

function repositoryAbove(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (exists(join(at, ".git"))) return at
    if (at === dirname(at)) return undefined
  }
}

/** `path:.` means this folder, and no folder above it. */
function withAbsolutePath(reference: string, folder: string): string {
  const [path, ...query] = reference.slice("path:".length).split("?")
  return ["path:".concat(resolve(folder, path)), ...query].join("?")
}

/** The nearest folder with a flake.nix, up to the top of the repository. @throws Failure */
function flakeAbove(path: string): string {
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
