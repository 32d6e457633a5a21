// This machine as an impure evaluation sees it: environment, search path, system and time.

import { existsSync } from "node:fs"
import { bytesOf } from "../eval/index.js"
import type { Machine } from "../fleet/index.js"

export interface MachineSettings {
  /** Entries of `-I`, which come first. */
  readonly include: readonly string[]
  /** Entries of the setting `nix-path`, which replace those of NIX_PATH. */
  readonly path?: readonly string[] | undefined
  /** A Nix system double to use instead of this machine's. */
  readonly system?: string | undefined
  /** Where relative paths start from. */
  readonly folder: string
}

/** What an impure evaluation sees of this machine besides its files. */
export function thisMachine({ include, path, system, folder }: MachineSettings): Machine {
  return {
    getEnv: name => bytesOf(process.env[name] ?? ""),
    searchPath: [...include, ...(path ?? nixPath())].map(searchPathEntry),
    folder: bytesOf(folder),
    currentSystem: system ?? currentSystem(),
    currentTime: Math.floor(Date.now() / 1000),
  }
}

/** The Nix system double of this machine. */
export function currentSystem(): string {
  const cpu = { x64: "x86_64", arm64: "aarch64", ia32: "i686", arm: "armv7l" }[process.arch as string]
  return `${cpu ?? process.arch}-${process.platform}`
}

function searchPathEntry(entry: string): { prefix: string; path: string } {
  const equals = entry.indexOf("=")
  const [prefix, path] = equals < 0 ? ["", entry] : [entry.slice(0, equals), entry.slice(equals + 1)]
  return { prefix: bytesOf(prefix), path: bytesOf(path) }
}

/** An entry of NIX_PATH, which ends at a colon that is none of a URL, a channel or a flake. */
const nixPathEntry = /(?:[^:]*=)?(?:(?:channel|flake):|(?:https?|file|git|s3|ssh):(?=\/\/))?[^:]*/g

/** Entries of NIX_PATH; without it, the channels that exist. */
function nixPath(): string[] {
  const { NIX_PATH, HOME } = process.env
  if (NIX_PATH !== undefined) return (NIX_PATH.match(nixPathEntry) ?? []).filter(entry => entry !== "")
  const root = "/nix/var/nix/profiles/per-user/root/channels"
  const channels = [`${HOME}/.nix-defexpr/channels`, `nixpkgs=${root}/nixpkgs`, root]
  return channels.filter(entry => existsSync(entry.slice(entry.indexOf("=") + 1)))
}
