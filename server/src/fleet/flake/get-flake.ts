// The builtins on flakes (`EvalIO.flakes`): references, and `getFlake`, which opens a flake in the middle of an evaluation.

import { EvalError, type Evaluator, type FlakeAccess, type Value } from "../../eval/index.js"
import type { Files } from "../files.js"
import { checkWhileFetching, missingSource } from "../sources/fetch-failures.js"
import type { Mounts } from "../sources/mounts.js"
import type { Sources } from "../sources/sources.js"
import { urlComplaint } from "../sources/url-complaint.js"
import { callFlake } from "./call-flake.js"
import { dirOf, type FlakePlace, flakeAt, noFlake } from "./flake-place.js"
import { type FlakeRef, FlakeRefError, isLocked, narHashOf } from "./flake-ref.js"
import { parseFlakeRef } from "./flake-ref-parse.js"
import { printFlakeRef, shown } from "./flake-ref-print.js"
import { lockGraph } from "./lock-graph.js"

export interface FlakeAccessSettings {
  readonly files: Files
  readonly sources: Sources
  readonly mounts: Mounts
  /** In pure evaluation a flake must be named by what it holds. */
  readonly pure: boolean
}

/** Makes the builtins on flakes for an evaluation. */
export function flakeAccess(settings: FlakeAccessSettings): FlakeAccess {
  return {
    parseFlakeRef: text => refOrFail(() => parseFlakeRef(text)),
    flakeRefToString: attrs => refOrFail(() => printFlakeRef(withRightUrl(attrs))),
    getFlake: (ev, text) => getFlake(ev, text, settings),
  }
}

function withRightUrl(attrs: FlakeRef): FlakeRef {
  const url = String(attrs.url ?? "")
  const complaint = url.includes("://") ? urlComplaint(url) : undefined
  if (complaint !== undefined) throw new FlakeRefError(complaint)
  return attrs
}

function refOrFail<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof FlakeRefError) throw new EvalError("invalid-value", error.message)
    throw error
  }
}

function getFlake(evaluator: Evaluator, text: string, settings: FlakeAccessSettings): Value {
  const { files, sources, mounts, pure } = settings
  const ref = refOrFail(() => parseFlakeRef(text))
  if (pure && !isLocked(ref))
    // Nix names a place here that it never knows.
    throw new EvalError(
      "restricted",
      `cannot call 'getFlake' on unlocked flake reference '${text}', at \xc2\xabnone\xc2\xbb:0 (use --impure to override)`,
    )
  refOrFail(() => checkWhileFetching(ref, narHashOf))
  // A reference with its commit says what it wants; only one without could be told to be locked.
  const source = isLocked(ref) ? sources.locked(ref) : sources.unlocked(ref)
  if (source.kind === "missing") throw missingSource(source, ref, files)
  const place: FlakePlace = { source, dir: dirOf(ref) }
  const flake = flakeAt(files, place)
  if (flake === undefined) throw new EvalError("file-not-found", noFlake(place, files))
  const graph = lockGraph(flake, place, { files, sources, overrides: new Map() })
  const wrong = flake.fatal?.message ?? graph.brokenLock?.message ?? graph.lockFailure
  if (wrong !== undefined) throw new EvalError("invalid-value", `flake '${shown(ref)}': ${wrong}`)
  return callFlake(graph, { evaluator, mounts, sources })
}
