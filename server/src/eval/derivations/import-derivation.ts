// `import` of a .drv file, which is not Nix code but a derivation made before. The value is what `derivation` would have returned.

import {
  type Derivation,
  isStorePath,
  knownOutputPath,
  parseDerivation,
  parseStorePath,
  StoreError,
  upstreamPlaceholder,
} from "../../store/index.js"
import type { Evaluator } from "../evaluator.js"
import { delayNative, force } from "../interpreter/force.js"
import { outputElement, withContext } from "../values/context.js"
import { attrsOf, type Lazy, type Value } from "../values/value.js"

/** Whether a path is that of a derivation in the store, which is there. */
export function isDerivation(ev: Evaluator, path: string): boolean {
  return path.endsWith(".drv") && isStorePath(path, ev.io.storeDir) && ev.io.kindOf(path) !== undefined
}

/** The first output of the derivation at `drvPath`. @throws EvalError where its text is none */
export function importDerivation(ev: Evaluator, drvPath: string): Value {
  const derivation = readDerivation(ev, drvPath)
  const names = [...derivation.outputs.keys()].sort()
  const outputs = new Map(names.map((name): [string, Lazy] => [name, delayNative(ev, () => output(name))]))
  const common: [string, Lazy][] = [
    ...outputs,
    ["all", delayNative(ev, () => [...outputs.values()])],
    ["drvPath", withContext(drvPath, new Set([`=${drvPath}`]))],
    ["name", derivation.env.get("name") ?? ""],
    ["type", "derivation"],
  ]
  const output = (name: string): Value => {
    const outPath = delayNative(ev, () => {
      const path = outputPath(ev, drvPath, derivation, name)
      return withContext(path, new Set([outputElement(drvPath, [name])]))
    })
    return attrsOf(new Map([...common, ["outPath", outPath], ["outputName", name]]))
  }
  const [first] = outputs.values()
  return force(ev, first)
}

function readDerivation(ev: Evaluator, drvPath: string): Derivation {
  const { name } = parseStorePath(drvPath, ev.io.storeDir)
  try {
    return parseDerivation(ev.files.read(drvPath), name.slice(0, -".drv".length))
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return ev.fail("invalid-value", `error parsing derivation '${drvPath}': ${error.message}`)
  }
}

function outputPath(ev: Evaluator, drvPath: string, { outputs }: Derivation, name: string): string {
  const how = outputs.get(name)
  const known = how === undefined ? undefined : knownOutputPath(how)
  return known ?? upstreamPlaceholder(drvPath, name, ev.io.storeDir)
}
