// Nix's settings about fetching, such as `access-tokens` and the registry. They are read as Nix does: the machine's nix.conf, then
// the person's, then NIX_CONFIG. Files may include others, and `extra-NAME` adds to earlier values.

import { homedir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { readableText } from "./readable-text.js"

export type NixSettings = ReadonlyMap<string, string>

/** All settings by name; the last value counts. Unreadable files are ignored. */
export function readNixSettings(environment: NodeJS.ProcessEnv = process.env): NixSettings {
  const settings = new Map<string, string>()
  const { NIX_CONF_DIR, NIX_USER_CONF_FILES, NIX_CONFIG, XDG_CONFIG_HOME, XDG_CONFIG_DIRS } = environment
  readConf(join(NIX_CONF_DIR || "/etc/nix", "nix.conf"), settings)
  const folders = [
    XDG_CONFIG_HOME || join(homedir(), ".config"),
    ...(XDG_CONFIG_DIRS || "/etc/xdg").split(":"),
  ]
  const files = NIX_USER_CONF_FILES?.split(":") ?? folders.map(folder => join(folder, "nix/nix.conf"))
  for (const file of files.reverse()) readConf(file, settings)
  readLines(NIX_CONFIG ?? "", "/", settings, 0)
  return settings
}

function readConf(file: string, settings: Map<string, string>, depth = 0): void {
  if (depth < 10) readLines(readableText(file) ?? "", dirname(file), settings, depth)
}

function readLines(text: string, folder: string, settings: Map<string, string>, depth: number): void {
  for (const line of text.split("\n")) {
    const words = line
      .replace(/#.*/, "")
      .split(/[ \t\r]+/)
      .filter(word => word !== "")
    const [name, sign, ...values] = words
    if (name === "include" || name === "!include") readConf(resolve(folder, sign ?? ""), settings, depth + 1)
    if (sign !== "=") continue
    const base = name.replace(/^extra-/, "")
    const before = base === name ? [] : [settings.get(base) ?? ""]
    settings.set(base, [...before, ...values].join(" ").trim())
  }
}

/** `access-tokens`: by host, or host and the beginning of a path. */
export function accessTokens(settings: NixSettings): Readonly<Record<string, string>> {
  const pairs = (settings.get("access-tokens") ?? "").split(" ").filter(pair => pair.includes("="))
  return Object.fromEntries(
    pairs.map(pair => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  )
}

/** The token for a repository: that of the longest key that is a prefix of its address, component by component. */
export function tokenFor(address: string, tokens: Readonly<Record<string, string>>): string | undefined {
  const fitting = Object.keys(tokens).filter(key => address === key || address.startsWith(`${key}/`))
  const best = fitting.sort((a, b) => b.length - a.length)[0]
  return best === undefined ? undefined : tokens[best]
}
