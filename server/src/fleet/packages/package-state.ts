// Whether a package is available on a host, found out by evaluating its derivation.
//
// `meta.available` does not notice broken dependencies, so the path of the derivation is evaluated.

import { Attrs, type EvalError, type Evaluator, intern, textOfBytes } from "../../eval/index.js"
import { attempt, tryAttr, tryAttrs, tryText } from "../../modules/index.js"
import type { BrokenPackage } from "../model.js"

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
  const found = attempt(ev, () => setAt(ev, pkgs, path))
  if (found.error !== undefined) return broken(found.error, "")
  const derivation = found.value
  if (derivation === undefined || tryText(ev, derivation, "type") !== "derivation") return { state: "absent" }
  const version = tryText(ev, derivation, "version") ?? ""
  const drvPath = attempt(ev, () => ev.force(derivation.get(DRV_PATH) ?? null))
  if (drvPath.error === undefined) return { state: "fine", version }
  return ownRefusal(ev, derivation, version) ?? broken(drvPath.error, version)
}

/** Why `meta` refuses a package. The messages of nixpkgs differ between versions, so they are not used. */
const refusals: readonly (readonly [flag: string, kind: BrokenPackage["kind"], words: string])[] = [
  ["broken", "broken", "is marked as broken"],
  ["unsupported", "unsupported", "is not available on this platform"],
  ["insecure", "insecure", "has known vulnerabilities"],
  ["unfree", "unfree", "is not free, and unfree packages are not allowed"],
]

function ownRefusal(ev: Evaluator, derivation: Attrs, version: string): PackageState | undefined {
  const found = refusalOf(ev, derivation)
  return found && { state: "broken", ...found, version }
}

/** Why a package refuses itself. */
export function refusalOf(
  ev: Evaluator,
  derivation: Attrs,
): { readonly kind: BrokenPackage["kind"]; readonly why: string } | undefined {
  const meta = tryAttrs(ev, derivation, "meta")
  const found = meta === undefined ? undefined : refusals.find(([flag]) => tryAttr(ev, meta, flag) === true)
  if (found === undefined) return undefined
  const name = textOfBytes(tryText(ev, derivation, "name") ?? "the package")
  return { kind: found[1], why: `${name} ${found[2]}` }
}

/** The set at a path, or undefined where there is none. @throws EvalError */
export function setAt(ev: Evaluator, from: Attrs, path: readonly string[]): Attrs | undefined {
  let attrs = from
  for (const name of path) {
    const place = attrs.get(intern(name))
    const value = place === undefined ? undefined : ev.force(place)
    if (!(value instanceof Attrs)) return undefined
    attrs = value
  }
  return attrs
}

/** A package that is not refused itself, but fails because of something that it is built from. */
function broken(error: EvalError, version: string): PackageState {
  const [line] = textOfBytes(error.message).split("\n")
  // "Refusing to evaluate package 'x-1' in /path:7 because ..", "Package ‘x-1’ in /path:7 is marked as broken, .."
  const why = line
    .replace(/ in \/\S+/, "")
    .replace(/[,:]? ?refusing to evaluate\.?$/, "")
    .replace(/[:,]$/, "")
  return { state: "broken", kind: "error", why, version }
}

/** The package set of a host: what its modules see as `pkgs`. */
export function packagesOf(ev: Evaluator, configuration: Attrs): Attrs | undefined {
  return (
    tryAttrs(ev, configuration, "_module", "args", "pkgs") ??
    tryAttrs(ev, configuration, "pkgs") ??
    tryAttrs(ev, configuration, "config", "_module", "args", "pkgs")
  )
}

/** The same packages without any overlay: `import pkgs.path` for the same system and settings. */
export function withoutOverlays(ev: Evaluator, pkgs: Attrs): Attrs | undefined {
  const path = tryAttr(ev, pkgs, "path")
  const system = tryAttr(ev, setAt(ev, pkgs, ["stdenv", "hostPlatform"]), "system")
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
