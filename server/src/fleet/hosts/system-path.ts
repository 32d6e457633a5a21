// Where a configuration has the derivation of its whole system.

import { Attrs, type Evaluator, intern, textOf } from "../../eval/index.js"
import type { HostClass } from "../model.js"
import type { HostHandle } from "./host-handle.js"

const systemOfClass: Readonly<Record<HostClass, readonly string[]>> = {
  nixos: ["config", "system", "build", "toplevel", "drvPath"],
  darwin: ["config", "system", "build", "toplevel", "drvPath"],
  homeManager: ["config", "home", "activationPackage", "drvPath"],
}

/**
 * The store path of the derivation that a configuration makes, as bytes, whether or not it passes its own assertions.
 * @throws EvalError
 */
export function systemDerivation(ev: Evaluator, configuration: Attrs, hostClass: HostClass): string {
  return derivationAt(ev, configuration, systemOfClass[hostClass])
}

/**
 * The store path of the derivation that Nix would build for a host, as bytes.
 * @throws EvalError
 */
export function builtDerivation(ev: Evaluator, host: HostHandle): string {
  const output = host.output()
  if (output?.has(intern("activationPackage")))
    return derivationAt(ev, output, ["activationPackage", "drvPath"])
  const configuration = host.configuration()
  if (!(configuration instanceof Attrs)) throw configuration
  return systemDerivation(ev, configuration, host.class)
}

function derivationAt(ev: Evaluator, whole: Attrs, names: readonly string[]): string {
  let attrs = whole
  for (const name of names.slice(0, -1)) attrs = ev.attrs(attrs.get(intern(name)) ?? null)
  return textOf(ev.string(attrs.get(intern(names[names.length - 1])) ?? null))
}
