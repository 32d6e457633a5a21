// Finds a flake: in a folder, whose repository is then its source, or at a reference. Finding none is an answer, too.

import { Cancelled } from "../../base/index.js"
import { EvalError } from "../../eval/index.js"
import type { Files } from "../files.js"
import { findRepository, forgetRepository, isShallow } from "../git/git-repository.js"
import { localFailure, missingSource } from "../sources/fetch-failures.js"
import { mountOf } from "../sources/found-source.js"
import type { Mounts } from "../sources/mounts.js"
import type { Sources } from "../sources/sources.js"
import type { FlakeFile } from "./flake-file.js"
import { dirOf, type FlakePlace, flakeAt, noFlake, realFolder } from "./flake-place.js"
import type { FlakeRef } from "./flake-ref.js"
import { parseFlakeRef } from "./flake-ref-parse.js"

/** There is no flake: `failure` is the error for whoever asks for its outputs. */
export interface NoFlake {
  readonly kind: "nothing"
  readonly root: string
  readonly failure: EvalError
}

export type FoundFlake =
  | { readonly kind: "flake"; readonly place: FlakePlace; readonly flake: FlakeFile }
  | NoFlake

/** What is needed to find flakes. */
export interface FlakeSources {
  readonly files: Files
  readonly sources: Sources
  readonly mounts: Mounts
}

/** Finds the flake of a folder or a reference, and mounts its source for evaluation. @throws Cancelled */
export function findFlake(root: string, { files, sources, mounts }: FlakeSources): FoundFlake {
  try {
    const place = root.startsWith("/")
      ? placeOfFolder(root, files, sources)
      : placeOfRef(root, files, sources)
    if (typeof place === "string")
      return { kind: "nothing", root, failure: new EvalError("missing-input", place) }
    const flake = flakeAt(files, place)
    if (flake === undefined) {
      const failure = new EvalError("file-not-found", whyNoFlake(place, files))
      return { kind: "nothing", root: realFolder(place), failure }
    }
    const source = flake.self.submodules ? sources.withSubmodules(place.source) : place.source
    mounts.add(mountOf(source))
    return { kind: "flake", place: { ...place, source }, flake }
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Cancelled) throw error
    const failure = error instanceof EvalError ? error : new EvalError("file-not-found", error.message)
    return { kind: "nothing", root, failure }
  }
}

/** In a repository, the source is the whole repository. */
function placeOfFolder(root: string, files: Files, sources: Sources): FlakePlace {
  const folder = root.replace(/(?<=.)\/+$/, "")
  const repository = findRepository(files, folder)
  if (repository === undefined) return { source: sources.folder(folder), dir: "" }
  forgetRepository(files, repository)
  const ref: FlakeRef = {
    type: "git",
    url: `file://${repository.top}`,
    ...(isShallow(files, repository) ? { shallow: true } : {}),
  }
  return { source: sources.workingTree(repository, ref), dir: folder.slice(repository.top.length + 1) }
}

function placeOfRef(text: string, files: Files, sources: Sources): FlakePlace | string {
  const ref = parseFlakeRef(text)
  const source = sources.unlocked(ref)
  if (source.kind === "found") return { source, dir: dirOf(ref) }
  const { dir, ...fetched } = ref
  // For a source from the network there is more to say than that it is missing.
  if (localFailure(fetched, files) === undefined) return source.why
  throw missingSource(source, fetched, files)
}

/** A folder is called by its own name: only a program has to know where Nix would have copied it. */
function whyNoFlake(place: FlakePlace, files: Files): string {
  return place.source.ref.type === "path"
    ? `'${realFolder(place)}' does not contain a 'flake.nix'`
    : noFlake(place, files)
}
