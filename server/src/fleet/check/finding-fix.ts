// What Canopy can do about a finding when the person says so: fetch, build, lock, correct a name.

import { BuildNeeded, type EvalError, textOfBytes } from "../../eval/index.js"
import type { FindingFix } from "../model.js"
import { moduleComplaint, optionsMeant } from "./module-complaint.js"

/** The fix for an evaluation error, as a part of its finding. */
export function fixOfError(error: EvalError): { readonly fix?: FindingFix } {
  if (error instanceof BuildNeeded) return { fix: { kind: "build", derivation: textOfBytes(error.drvPath) } }
  const untracked = /^Path .* is not tracked by Git\..*git -C "(.*)" add "(.*)"$/s.exec(error.message)
  if (untracked !== null)
    return { fix: { kind: "track", path: textOfBytes(`${untracked[1]}/${untracked[2]}`) } }
  if (error.code === "missing-input") return fixOfProblem("flake-input-missing", error.message)
  return correction(error)
}

function correction(error: EvalError): { readonly fix?: FindingFix } {
  const option = moduleComplaint(error)?.option.at(-1)
  const from = option ?? /^(?:attribute|.* with unexpected argument) '([^']+)'/.exec(error.message)?.[1]
  const to =
    option === undefined ? namesMeant(error) : optionsMeant(error).map(names => names[names.length - 1])
  return from === undefined || to.length === 0 ? {} : { fix: { kind: "rename", from, to } }
}

/** The names that the hint of an error offers in place of one that is not there. */
function namesMeant({ hint }: EvalError): string[] {
  const meant = /^Did you mean (?:one of )?(.*)\?$/.exec(textOfBytes(hint ?? ""))?.[1]
  return meant?.split(/, | or /) ?? []
}

/** The fix for a problem of flake.nix or flake.lock. */
export function fixOfProblem(code: string, message: string): { readonly fix?: FindingFix } {
  if (code === "flake-lock-stale") return { fix: { kind: "lock" } }
  if (code !== "flake-input-missing" || /path '.*' does not exist/.test(message)) return {}
  return { fix: { kind: message.endsWith("is not locked") ? "lock" : "fetch" } }
}
