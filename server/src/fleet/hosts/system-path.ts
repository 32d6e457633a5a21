// Where a configuration has the derivation of its whole system.

import { type Attrs, type Evaluator, intern, textOf } from "../../eval/index.js"
import type { HostClass } from "../model.js"

const systemOfClass: Readonly<Record<HostClass, readonly string[]>> = {
  nixos: ["config", "system", "build", "toplevel", "drvPath"],
  darwin: ["config", "system", "build", "toplevel", "drvPath"],
  homeManager: ["config", "home", "activationPackage", "drvPath"],
}

/** The store path of the derivation, as bytes. @throws EvalError */
export function systemDerivation(ev: Evaluator, configuration: Attrs, hostClass: HostClass): string {
  const names = systemOfClass[hostClass]
  let attrs = configuration
  for (const name of names.slice(0, -1)) attrs = ev.attrs(attrs.get(intern(name)) ?? null)
  return textOf(ev.string(attrs.get(intern(names[names.length - 1])) ?? null))
}
