// What was instantiated before, for whoever evaluates nearly the same again and again.
//
// Instantiating prints a recipe several times and hashes each text. To find out that the very same recipe was seen before
// takes neither: it has to have the same name, and then the same of everything else, which texts that are alike tell fast.

import { printHash } from "./hash.js"
import {
  type Addressing,
  type HashLookup,
  type Instantiated,
  instantiate,
  type Recipe,
} from "./instantiate.js"
import { defaultStoreDir } from "./store-path.js"

interface Known {
  readonly recipe: Recipe
  readonly storeDir: string
  readonly made: Instantiated
}

export class Instantiations {
  /** By what tells most recipes apart, see `labelOf`. */
  private readonly known = new Map<string, Known[]>()
  private characters = 0

  /**
   * As the function of this name. Recipes are kept and must not change. The paths of input derivations stand for what they
   * are, so nothing that `modulo` says has to be compared.
   */
  instantiate(recipe: Recipe, modulo: HashLookup, storeDir = defaultStoreDir): Instantiated {
    const size = charactersOf(recipe)
    const label = labelOf(recipe, size)
    const alike = this.known.get(label)
    const before = alike?.find(known => known.storeDir === storeDir && isSame(known.recipe, recipe))
    if (before !== undefined) return before.made
    const made = instantiate(recipe, modulo, storeDir)
    this.remember(label, size, { recipe, storeDir, made })
    return made
  }

  private remember(label: string, size: number, known: Known): void {
    if (this.characters + size > MOST_CHARACTERS) {
      this.known.clear()
      this.characters = 0
    }
    this.characters += size
    const alike = this.known.get(label)
    if (alike === undefined) this.known.set(label, [known])
    else alike.push(known)
  }
}

/** Three NixOS systems with little in common: some 40 MB. */
const MOST_CHARACTERS = 20_000_000

/** Many downloads are called `source`, and many units alike: how much there is of a recipe tells these apart. */
function labelOf({ name }: Recipe, size: number): string {
  return `${name} ${size}`
}

/** How long its environment is: nearly all of a recipe. */
function charactersOf({ env }: Recipe): number {
  let characters = 0
  for (const value of env.values()) characters += value.length
  return characters
}

/** Whether two recipes are the same in every word. Of those that only come in another order it may say no. */
function isSame(a: Recipe, b: Recipe): boolean {
  return (
    a.name === b.name &&
    a.builder === b.builder &&
    a.system === b.system &&
    isSameText(a.env, b.env) &&
    isSameList(a.args, b.args) &&
    isSameList(a.outputs, b.outputs) &&
    isSameList(a.inputSrcs, b.inputSrcs) &&
    isSameInputs(a, b) &&
    addressingText(a.addressing) === addressingText(b.addressing)
  )
}

function isSameText(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false
  for (const [name, text] of a) if (b.get(name) !== text) return false
  return true
}

function isSameList(a: Iterable<string>, b: Iterable<string>): boolean {
  const others = b[Symbol.iterator]()
  for (const text of a) if (others.next().value !== text) return false
  return others.next().done === true
}

/** What builds derivations that are needed is rare: of it nothing is known to be the same. */
function isSameInputs(a: Recipe, b: Recipe): boolean {
  if (a.dynamicInputs !== undefined || b.dynamicInputs !== undefined) return false
  if (a.inputDrvs.size !== b.inputDrvs.size) return false
  for (const [path, outputs] of a.inputDrvs) {
    const others = b.inputDrvs.get(path)
    if (others === undefined || !isSameList(outputs, others)) return false
  }
  return true
}

function addressingText(addressing: Addressing): string {
  if (addressing.kind === "input") return addressing.kind
  const { kind, method } = addressing
  return `${kind} ${method} ${kind === "fixed" ? printHash(addressing.hash, "sri") : addressing.algorithm}`
}
