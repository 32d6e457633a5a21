// Whether a package can be had on a host, asked of nixpkgs itself: by evaluating its derivation.
//
// `meta.available` does not see a dependency that is broken, so the derivation's path is what is asked for.

import { Attrs, type EvalError, type Evaluator, intern, textOfBytes } from "../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryText } from "../modules/index.js"
import type { BrokenPackage } from "./model.js"

export type PackageState =
  | { readonly state: "fine"; readonly version: string }
  | {
      readonly state: "broken"
      readonly kind: BrokenPackage["kind"]
      readonly why: string
      readonly version: string
    }
  /** There is no such attribute, or it is no package. */
  | { readonly state: "absent" }

const DRV_PATH = intern("drvPath")

/** The package at a path of a package set. */
export function packageState(ev: Evaluator, pkgs: Attrs, path: readonly string[]): PackageState {
  const found = attempt(ev, () => at(ev, pkgs, path))
  if (found.error !== undefined) return broken(found.error, "")
  const derivation = found.value
  if (derivation === undefined || tryText(ev, derivation, "type") !== "derivation") return { state: "absent" }
  const version = tryText(ev, derivation, "version") ?? ""
  const drvPath = attempt(ev, () => ev.force(derivation.get(DRV_PATH) ?? null))
  return drvPath.error === undefined ? { state: "fine", version } : broken(drvPath.error, version)
}

/** The set at a path, or undefined where there is none. @throws EvalError */
export function at(ev: Evaluator, from: Attrs, path: readonly string[]): Attrs | undefined {
  let attrs = from
  for (const name of path) {
    const place = attrs.get(intern(name))
    const value = place === undefined ? undefined : ev.force(place)
    if (!(value instanceof Attrs)) return undefined
    attrs = value
  }
  return attrs
}

/** The words with which nixpkgs refuses to evaluate a package (pkgs/stdenv/generic/check-meta.nix). */
const refusals: readonly (readonly [RegExp, BrokenPackage["kind"]])[] = [
  [/marked as broken/, "broken"],
  [/not available on the requested hostPlatform|is not supported on/, "unsupported"],
  [/marked as insecure|known security/i, "insecure"],
  [/unfree license/, "unfree"],
]

function broken(error: EvalError, version: string): PackageState {
  const message = textOfBytes(error.message)
  const kind = refusals.find(([words]) => words.test(message))?.[1] ?? "error"
  return { state: "broken", kind, why: shortReason(message), version }
}

/** `ollama-0.13 is marked as broken` of nixpkgs' sentence, which has a path of the store and advice in it. */
function shortReason(message: string): string {
  const [line] = message.split("\n")
  const found = /Package ‘(.+?)’(?: in \S+)? (is .*?|has .*?)[:,]*(?: refusing to evaluate\.?)?$/.exec(line)
  return found === null ? line : `${found[1]} ${found[2]}`
}

/** The package set of a host: what its modules see as `pkgs`. */
export function packagesOf(ev: Evaluator, configuration: Attrs): Attrs | undefined {
  const module = tryAttrs(ev, configuration, "_module")
  const args = module === undefined ? undefined : tryAttrs(ev, module, "args")
  return (args === undefined ? undefined : tryAttrs(ev, args, "pkgs")) ?? tryAttrs(ev, configuration, "pkgs")
}

/** The same packages without any overlay: `import pkgs.path` for the same system and settings. */
export function withoutOverlays(ev: Evaluator, pkgs: Attrs): Attrs | undefined {
  const path = tryAttr(ev, pkgs, "path")
  const platform = at(ev, pkgs, ["stdenv", "hostPlatform"])
  const system = platform === undefined ? undefined : tryAttr(ev, platform, "system")
  const config = tryAttrs(ev, pkgs, "config")
  if (path === undefined || system === undefined) return undefined
  const outcome = attempt(ev, () => {
    const make = ev.evaluateText(
      "path: system: config: import path { inherit system config; overlays = [ ]; }",
      "/",
    )
    return ev.attrs(ev.call(make, path, system, config ?? ev.evaluateText("{ }", "/")))
  })
  return outcome.value
}
