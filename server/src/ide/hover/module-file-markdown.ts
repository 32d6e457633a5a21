// A file that is a module, where another names it by its path: which hosts have it, and how they come to it.

import { dirname, resolve } from "node:path"
import type { FileRole } from "../../fleet/index.js"
import { link, names, plain } from "../markdown.js"
import { type Address, placeName } from "./places.js"

/** The file that a written path means to `imports`: of a folder, its default.nix. `from` is the file that writes it. */
export function moduleFile(path: string, from: string): string {
  const file = resolve(dirname(from), path)
  return file.endsWith(".nix") ? file : `${file}/default.nix`
}

/** Markdown of a file; undefined for one that is no module, of which nothing is known but that. */
export function renderModuleFile(role: FileRole, address: Address, root: string): string | undefined {
  if (!role.imported) return undefined
  const place = { file: role.file, line: 0, column: 0 }
  const on = role.hosts.length === 0 ? "" : ` · module of ${plain(names(role.hosts))}`
  return `**${link(placeName(place, root), address(place))}**${on}\n\n${plain(role.why)}`
}
