// Finds inputs: locked ones by their hash, others where their references lead on this machine.

import type { Files } from "../files.js"
import type { Source, Sources } from "../sources/sources.js"
import { dirOf, type FlakePlace, placeBelow, realFolder } from "./flake-place.js"
import { type FlakeRef, relativePath } from "./flake-ref.js"

export interface WantedInput {
  readonly ref: FlakeRef
  readonly isFlake: boolean
  /** What a relative path is relative to. */
  readonly place: FlakePlace | undefined
}

/** Where an unlocked reference leads, or why nowhere. */
export function findUnlocked(
  { ref, place, isFlake }: WantedInput,
  { files, sources }: { readonly files: Files; readonly sources: Sources },
): FlakePlace | string {
  const relative = relativePath(ref)
  if (relative !== undefined && place === undefined)
    return `path '${relative}' is relative to a flake that is missing`
  const found: FlakePlace | Source =
    relative !== undefined && place !== undefined
      ? placeBelow(place, relative, sources)
      : sources.unlocked(ref)
  if (!("kind" in found)) {
    if (files.kindOf(realFolder(found)) !== undefined) return found
    return `path '${realFolder(found)}' does not exist`
  }
  // Nix forgets the folder of what is no flake, until it is locked.
  return found.kind === "missing" ? found.why : { source: found, dir: isFlake ? dirOf(ref) : "" }
}

/** Where a locked reference leads; undefined if its source is not here. */
export function findLocked(
  locked: FlakeRef,
  place: FlakePlace | undefined,
  sources: Sources,
): FlakePlace | undefined {
  const relative = relativePath(locked)
  if (relative !== undefined) return place === undefined ? undefined : placeBelow(place, relative, sources)
  const source = sources.locked(locked)
  return source.kind === "found" ? { source, dir: dirOf(locked) } : undefined
}
