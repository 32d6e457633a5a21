// Nix's settings by name, and the flags that they are on its command line.
//
// Whatever can stand in nix.conf can be given as `--option NAME VALUE` or as a flag of its own: `--NAME` and `--no-NAME` for
// what is on or off, `--NAME VALUE` for the rest, and `--extra-NAME VALUE` to add to a list. Nearly all of it is about
// building and fetching and changes no value. It is known here so that a script written for `nix eval` is understood, and
// a name that is none is told of. nix-options.ts reads those that matter.

import type { Given } from "../arguments.js"

const switches = [
  "abort-on-warn",
  "accept-flake-config",
  "allow-dirty",
  "allow-dirty-locks",
  "allow-import-from-derivation",
  "allow-new-privileges",
  "allow-symlinked-store",
  "allow-unsafe-native-code-during-evaluation",
  "always-allow-substitutes",
  "auto-allocate-uids",
  "auto-optimise-store",
  "builders-use-substitutes",
  "compress-build-log",
  "eval-cache",
  "fallback",
  "filter-syscalls",
  "fsync-metadata",
  "fsync-store-paths",
  "http2",
  "impersonate-linux-26",
  "keep-build-log",
  "keep-derivations",
  "keep-env-derivations",
  "keep-failed",
  "keep-going",
  "keep-outputs",
  "preallocate-contents",
  "print-missing",
  "pure-eval",
  "require-drop-supplementary-groups",
  "require-sigs",
  "run-diff-hook",
  "sandbox",
  "sandbox-fallback",
  "show-trace",
  "substitute",
  "sync-before-registering",
  "trace-import-from-derivation",
  "trace-verbose",
  "trust-tarballs-from-git-forges",
  "use-case-hack",
  "use-cgroups",
  "use-registries",
  "use-sqlite-wal",
  "use-xdg-base-directories",
  "warn-dirty",
] as const

const lists = [
  "access-tokens",
  "experimental-features",
  "extra-platforms",
  "hashed-mirrors",
  "nix-path",
  "plugin-files",
  "sandbox-paths",
  "secret-key-files",
  "substituters",
  "system-features",
  "trusted-public-keys",
  "trusted-substituters",
  "trusted-users",
] as const

const values = [
  "allowed-uris",
  "allowed-users",
  "build-dir",
  "build-hook",
  "build-poll-interval",
  "build-users-group",
  "builders",
  "commit-lock-file-summary",
  "connect-timeout",
  "cores",
  "diff-hook",
  "download-attempts",
  "download-buffer-size",
  "download-speed",
  "eval-system",
  "flake-registry",
  "http-connections",
  "lint-absolute-path-literals",
  "lint-short-path-literals",
  "lint-url-literals",
  "log-lines",
  "max-build-log-size",
  "max-call-depth",
  "max-free",
  "max-jobs",
  "max-silent-time",
  "max-substitution-jobs",
  "min-free",
  "nar-buffer-size",
  "narinfo-cache-meta-ttl",
  "narinfo-cache-negative-ttl",
  "narinfo-cache-positive-ttl",
  "netrc-file",
  "post-build-hook",
  "pre-build-hook",
  "sandbox-build-dir",
  "sandbox-dev-shm-size",
  "ssl-cert-file",
  "stalled-download-timeout",
  "store",
  "system",
  "tarball-ttl",
  "timeout",
  "user-agent-suffix",
] as const

type Switch = (typeof switches)[number]
type ListName = (typeof lists)[number]
type SettingFlag =
  | `--${Switch | ListName | (typeof values)[number]}`
  | `--no-${Switch}`
  | `--extra-${ListName}`

/** A setting and what it is set to. */
export type NixSetting = readonly [name: string, value: string]

const on = switches.map(name => `--${name}` as const)
const off = switches.map(name => `--no-${name}` as const)
const valued = [...lists, ...values].map(name => `--${name}` as const)
const added = lists.map(name => `--extra-${name}` as const)

export const settingFlags = Object.fromEntries([
  ...[...on, ...off].map(flag => [flag, 0] as const),
  ...[...valued, ...added].map(flag => [flag, 1] as const),
]) as Readonly<Record<SettingFlag, 0 | 1>>

const flags = ["--option", ...on, ...off, ...valued, ...added] as const

/** All settings that a command line makes, in its order. */
export function settingsOf(given: Given<SettingFlag | "--option">): NixSetting[] {
  return given.inOrder(flags).map(({ flag, values }): NixSetting => {
    if (flag === "--option") return [values[0], values[1]]
    if (values.length > 0) return [flag.slice("--".length), values[0]]
    if (flag.startsWith("--no-")) return [flag.slice("--no-".length), "false"]
    return [flag.slice("--".length), "true"]
  })
}

/** Whether Nix knows a setting of this name, or a list that `extra-` adds to. */
export function isSetting(name: string): boolean {
  return Object.hasOwn(settingFlags, `--${name}`)
}
