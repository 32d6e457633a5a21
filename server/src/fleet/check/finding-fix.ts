// What Canopy can do about a finding when the person says so: fetch, build, lock.

import { BuildNeeded, type EvalError, textOfBytes } from "../../eval/index.js"
import type { FindingFix } from "../model.js"

/** The fix for an evaluation error, as a part of its finding. */
export function fixOfError(error: EvalError): { readonly fix?: FindingFix } {
  if (error instanceof BuildNeeded) return { fix: { kind: "build", derivation: textOfBytes(error.drvPath) } }
  const untracked = /^Path .* is not tracked by Git\..*git -C "(.*)" add "(.*)"$/s.exec(error.message)
  if (untracked !== null)
    return { fix: { kind: "track", path: textOfBytes(`${untracked[1]}/${untracked[2]}`) } }
  return error.code === "missing-input" ? fixOfProblem("flake-input-missing", error.message) : {}
}

/** The fix for a problem of flake.nix or flake.lock. */
export function fixOfProblem(code: string, message: string): { readonly fix?: FindingFix } {
  if (code === "flake-lock-stale") return { fix: { kind: "lock" } }
  if (code !== "flake-input-missing" || /path '.*' does not exist/.test(message)) return {}
  return { fix: { kind: message.endsWith("is not locked") ? "lock" : "fetch" } }
}
