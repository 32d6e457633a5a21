// Paths that a builtin is about to read. What they need is built first, and links are followed before anything is read, so that a
// message names what is missing where they lead.

import { shownPath } from "../core-files.js"
import { withoutLinks } from "../derivations/links.js"
import { during } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { coerceToCleanPath } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { canonicalPath, dirName } from "../path.js"
import type { Lazy } from "../values/value.js"

/** The path that a value names, with none of its links followed. @throws EvalError for what cannot be built */
export function realisedPath(ev: Evaluator, place: Lazy): string {
  return realised(ev, place, path => path)
}

/** The same where its links lead. @throws EvalError also for links that lead nowhere */
export function linkedPath(ev: Evaluator, place: Lazy): string {
  return realised(ev, place, path => followed(ev, canonicalPath(path)))
}

/** The same where those above it lead. */
export function linkedAbove(ev: Evaluator, place: Lazy): string {
  return realised(ev, place, written => {
    const path = canonicalPath(written)
    // Looked at for its errors alone: whoever reads the path goes through these links anyway.
    followed(ev, dirName(path))
    return path
  })
}

function realised(ev: Evaluator, place: Lazy, follow: (path: string) => string): string {
  const { path, context } = coerceToCleanPath(ev, force(ev, place), 0)
  try {
    for (const element of context) ev.requireBuilt(element)
    return follow(path)
  } catch (error) {
    throw during(error, `while realising the context of path '${shownPath(path)}'`, 0)
  }
}

/** What is there and is no link need not be followed by its parts. */
function followed(ev: Evaluator, path: string): string {
  const kind = ev.io.kindOf(path)
  return kind === "symlink" || kind === undefined ? withoutLinks(ev.io, path) : path
}
