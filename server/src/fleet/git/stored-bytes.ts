// What git stores of a text: its line endings may be others in the working tree than in the repository, and it has not changed by
// that. Programs that convert files (filters) are not run, by Nix neither.
//
// Rules: git documentation, gitattributes, "End-of-line conversion". An encrypted file may be asked for, so nothing becomes a string.

import type { GitAttributes } from "./git-attributes.js"
import type { GitConfig } from "./git-config.js"

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** The bytes that git would store of a file, if they are others than those of the file. */
export function storedBytes(
  bytes: Uint8Array,
  path: string,
  attributes: GitAttributes,
  config: GitConfig,
): Uint8Array | undefined {
  if (!bytes.includes(CARRIAGE_RETURN) || !isText(bytes, path, attributes, config)) return undefined
  return bytes.filter((byte, at) => byte !== CARRIAGE_RETURN || bytes[at + 1] !== LINE_FEED)
}

function isText(bytes: Uint8Array, path: string, attributes: GitAttributes, config: GitConfig): boolean {
  const looksLikeText = !bytes.includes(0)
  const said = attributes.of(path, "text")
  if (said === "unset") return false
  if (said === "auto") return looksLikeText
  if (said !== "unspecified" || attributes.of(path, "eol") !== "unspecified") return true
  return looksLikeText && ["true", "input"].includes(config.get("core.autocrlf") ?? "")
}
