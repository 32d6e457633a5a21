// A flake's place: a folder in a source.

import type { Files } from "../files.js"
import { type FoundSource, mountOf } from "../sources/found-source.js"
import { notInRepository } from "../sources/mounted-files.js"
import type { Sources } from "../sources/sources.js"
import { type FlakeFile, readFlakeFile } from "./flake-file.js"
import type { FlakeRef } from "./flake-ref.js"

/** A folder in a source. */
export interface FlakePlace {
  readonly source: FoundSource
  /** Without slashes at its ends; "" for the source itself. */
  readonly dir: string
}

/** Real path of a folder in a source. */
export function realFolder({ source, dir }: FlakePlace): string {
  return dir === "" ? source.tree.root : `${source.tree.root}/${dir}`
}

/** The place at a relative path. Outside of the source it is a source of its own, which Nix would refuse. */
export function placeBelow(place: FlakePlace, relative: string, sources: Sources): FlakePlace {
  const parts = place.dir === "" ? [] : place.dir.split("/")
  let above = 0
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue
    if (part !== "..") parts.push(part)
    else if (parts.pop() === undefined) above++
  }
  const dir = parts.join("/")
  if (above === 0) return { source: place.source, dir }
  const root = place.source.tree.root.split("/").slice(0, -above).join("/")
  return { source: sources.folder(`${root}/${dir}`), dir: "" }
}

/** Real path of a file in a flake, if Nix would see it there. */
export function visibleFile(files: Files, place: FlakePlace, name: string): string | undefined {
  const file = `${realFolder(place)}/${name}`
  const isVisible = place.source.tree.visible?.has(inSource(place, name)) ?? true
  return isVisible && files.kindOf(file) === "regular" ? file : undefined
}

/** A file in a flake, as a path in its source. */
function inSource({ dir }: FlakePlace, name: string): string {
  return dir === "" ? name : `${dir}/${name}`
}

/** The folder of a flake in its source; "" for the source itself. */
export function dirOf(ref: FlakeRef): string {
  return typeof ref.dir === "string" ? ref.dir.replace(/^\/+|\/+$/g, "") : ""
}

/** The flake.nix of a folder, if Nix would see one there. */
export function flakeAt(files: Files, place: FlakePlace): FlakeFile | undefined {
  const file = visibleFile(files, place, "flake.nix")
  return file === undefined ? undefined : readFlakeFile(file, files.readFile(file))
}

/** What Nix says of a place without a flake: it looks into a repository, and names everything else as messages do. */
export function noFlake(place: FlakePlace, files: Files): string {
  const { storePath, root, visible, shown = storePath } = mountOf(place.source)
  const file = inSource(place, "flake.nix")
  return visible === undefined
    ? `path '${shown}/${file}' does not exist`
    : notInRepository(root, file, files.kindOf(`${root}/${file}`) !== undefined)
}
