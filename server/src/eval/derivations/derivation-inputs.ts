// From string context to the inputs of a derivation: derivations whose outputs it needs, and sources.

import type { DynamicInput } from "../../store/index.js"
import { type Context, parseElement } from "../values/context.js"
import type { StoreSide } from "./store-side.js"

export interface RecipeInputs {
  readonly inputDrvs: Map<string, Set<string>>
  readonly dynamicInputs?: Map<string, Map<string, MutableDynamicInput>>
  readonly inputSrcs: Set<string>
}

interface MutableDynamicInput extends DynamicInput {
  readonly outputs: Set<string>
  readonly dynamic: Map<string, MutableDynamicInput>
}

/** The inputs that the string context of a derivation stands for. */
export function recipeInputs(store: StoreSide, context: Context): RecipeInputs {
  const gatherer = new InputGatherer(store)
  for (const element of context) gatherer.add(element)
  const { inputDrvs, inputSrcs, dynamicInputs } = gatherer
  return dynamicInputs.size === 0 ? { inputDrvs, inputSrcs } : { inputDrvs, inputSrcs, dynamicInputs }
}

class InputGatherer {
  readonly inputDrvs = new Map<string, Set<string>>()
  readonly inputSrcs = new Set<string>()
  readonly dynamicInputs = new Map<string, Map<string, MutableDynamicInput>>()

  constructor(private readonly store: StoreSide) {}

  add(element: string): void {
    const { path, outputs, deep } = parseElement(element)
    if (outputs.length === 1) this.need(path, outputs)
    else if (outputs.length > 1) this.needDynamic(path, outputs)
    else if (deep) this.addClosure(path)
    else this.inputSrcs.add(path)
  }

  private need(drvPath: string, outputs: Iterable<string>): void {
    const needed = this.inputDrvs.get(drvPath)
    if (needed === undefined) this.inputDrvs.set(drvPath, new Set(outputs))
    else for (const output of outputs) needed.add(output)
  }

  /** `outputs` lead from the derivation at `drvPath` to what is needed of the last one. */
  private needDynamic(drvPath: string, outputs: readonly string[]): void {
    let level = this.dynamicInputs.get(drvPath)
    if (level === undefined) this.dynamicInputs.set(drvPath, (level = new Map()))
    let input: MutableDynamicInput | undefined
    for (const output of outputs.slice(0, -1)) {
      input = level.get(output)
      if (input === undefined) level.set(output, (input = { outputs: new Set(), dynamic: new Map() }))
      level = input.dynamic
    }
    for (const output of outputs.slice(-1)) input?.outputs.add(output)
  }

  /** A derivation as text: its file and all that this refers to, directly or not; of derivations, with all outputs. */
  private addClosure(root: string): void {
    const found = new Set([root])
    for (const path of found) {
      this.inputSrcs.add(path)
      const derivation = this.store.derivations.get(path)
      if (derivation !== undefined) this.need(path, derivation.outputs.keys())
      for (const reference of this.store.referencesOf(path)) found.add(reference)
    }
  }
}
