// The machine as `canopy eval` shows it to a program: its files, environment and search path, or nothing of them in pure
// evaluation, which Nix has for `--expr` and for flakes unless `--impure` is given.

import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { Disk } from "../disk.js"
import { bytesOf, type EvalIO } from "../eval/index.js"

export interface WorldSettings {
  readonly pure: boolean
  /** Entries of `-I`, which come before those of NIX_PATH. */
  readonly searchPath: readonly string[]
  readonly folder: string
  /** Gets each line that a program traces, as bytes. */
  readonly trace: (line: string) => void
}

/** The world of one evaluation. */
export function evalWorld({ pure, searchPath, folder, trace }: WorldSettings): EvalIO {
  const disk = new Disk()
  const common = { storeDir: "/nix/store", fetch: ({ kind }: { kind: string }) => unfetchable(kind), trace }
  if (pure) return { ...common, ...noFiles, getEnv: () => "", searchPath: [], ...noMachine }
  return {
    ...common,
    readFile: path => disk.readFile(path),
    kindOf: path => disk.kindOf(path),
    isExecutable: path => disk.isExecutable(path),
    readDir: path => disk.readDir(path),
    readLink: path => disk.readLink(path),
    getEnv: name => bytesOf(process.env[name] ?? ""),
    searchPath: [...searchPath, ...nixPath()].map(entry => searchPathEntry(entry, folder)),
    currentSystem: currentSystem(),
    currentTime: Math.floor(Date.now() / 1000),
  }
}

const noMachine = { currentSystem: undefined, currentTime: undefined }

const noFiles = {
  readFile: forbidden,
  kindOf: () => undefined,
  isExecutable: () => false,
  readDir: forbidden,
  readLink: forbidden,
}

function forbidden(path: string): never {
  throw new Error(
    `access to absolute path '${path}' is forbidden in pure evaluation mode (use '--impure' to override)`,
  )
}

function unfetchable(kind: string): string {
  return `nothing is fetched here (the program asks for a ${kind === "tree" ? "source tree" : kind})`
}

/** Nix system double of this machine. */
export function currentSystem(): string {
  const cpu = { x64: "x86_64", arm64: "aarch64", ia32: "i686", arm: "armv7l" }[process.arch as string]
  return `${cpu ?? process.arch}-${process.platform}`
}

function searchPathEntry(entry: string, folder: string): { prefix: string; path: string } {
  const equals = entry.indexOf("=")
  const [prefix, path] = equals < 0 ? ["", entry] : [entry.slice(0, equals), entry.slice(equals + 1)]
  return { prefix: bytesOf(prefix), path: bytesOf(isUrl(path) ? path : resolve(folder, path)) }
}

/** Entries of NIX_PATH, separated by colons that are no part of a URL; without it, the channels that exist. */
function nixPath(): string[] {
  const { NIX_PATH, HOME } = process.env
  if (NIX_PATH !== undefined) return NIX_PATH.split(/:(?!\/\/)/).filter(entry => entry !== "")
  const root = "/nix/var/nix/profiles/per-user/root/channels"
  const channels = [`${HOME}/.nix-defexpr/channels`, `nixpkgs=${root}/nixpkgs`, root]
  return channels.filter(entry => existsSync(entry.slice(entry.indexOf("=") + 1)))
}

function isUrl(path: string): boolean {
  return /^[a-z+]+:/.test(path)
}
