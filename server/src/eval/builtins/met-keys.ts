// The keys that `genericClosure` has met, compared in the same order as in Nix.
//
// Nix keeps them in a std::map, which compares a new key with only some of the others. Which ones is visible: an error names the two
// keys that cannot be compared, and NaN is equal to whatever it is compared with. So this is the same red-black tree, built by the
// same rules. Texts can always be compared, so they are hashed until something else comes.

import { EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { compareValues } from "../interpreter/compare.js"
import type { Slot } from "../values/heap.js"
import type { Value } from "../values/value.js"

interface Node {
  readonly key: Value
  readonly element: Slot
  isRed: boolean
  parent: Node | undefined
  left: Node | undefined
  right: Node | undefined
}

type Side = "left" | "right"

/** Keys, each with its element. */
export class MetKeys {
  private texts: Map<string, Slot> | undefined = new Map()
  private root: Node | undefined

  constructor(private readonly ev: Evaluator) {}

  /** Whether the key is new. @throws EvalError when it cannot be compared with another one */
  add(key: Value, element: Slot): boolean {
    if (this.texts === undefined) return this.insert(key, element)
    if (typeof key !== "string") return this.withoutTexts().insert(key, element)
    if (this.texts.has(key)) return false
    this.texts.set(key, element)
    return true
  }

  /** The element of the first key, in their order, with which a key cannot be compared. */
  elementUnlike(key: Value): Slot | undefined {
    for (let node = leftmost(this.root); node !== undefined; node = following(node)) {
      try {
        this.isLess(key, node.key)
      } catch (error) {
        if (!(error instanceof EvalError)) throw error
        return node.element
      }
    }
    return undefined
  }

  private withoutTexts(): this {
    const { texts } = this
    this.texts = undefined
    for (const [key, element] of texts ?? []) this.insert(key, element)
    return this
  }

  private insert(key: Value, element: Slot): boolean {
    let parent: Node | undefined
    let side: Side = "left"
    // The greatest of those that the key is not less than.
    let before: Node | undefined
    for (let node = this.root; node !== undefined; node = node[side]) {
      parent = node
      side = this.isLess(key, node.key) ? "left" : "right"
      if (side === "right") before = node
    }
    if (before !== undefined && !this.isLess(before.key, key)) return false
    const node: Node = { key, element, isRed: true, parent, left: undefined, right: undefined }
    if (parent === undefined) this.root = node
    else parent[side] = node
    this.balance(node)
    return true
  }

  private isLess(a: Value, b: Value): boolean {
    return compareValues(this.ev, a, b, 0)
  }

  /** No red node below a red one, and as many black ones on every way down. */
  private balance(added: Node): void {
    let node = added
    for (let { parent } = node; parent?.isRed === true && parent.parent !== undefined; { parent } = node) {
      const top = parent.parent
      const side: Side = parent === top.left ? "left" : "right"
      const uncle = top[opposite(side)]
      top.isRed = true
      if (uncle?.isRed === true) {
        parent.isRed = uncle.isRed = false
        node = top
        continue
      }
      if (node !== parent[side]) {
        this.lift(node)
        node = parent
      }
      if (node.parent !== undefined) {
        node.parent.isRed = false
        this.lift(node.parent)
      }
    }
    if (this.root !== undefined) this.root.isRed = false
  }

  /** Puts a node in the place of its parent, and the parent below it. */
  private lift(node: Node): void {
    const { parent } = node
    if (parent === undefined) return
    const side: Side = node === parent.left ? "left" : "right"
    const moved = node[opposite(side)]
    parent[side] = moved
    if (moved !== undefined) moved.parent = parent
    node.parent = parent.parent
    if (parent.parent === undefined) this.root = node
    else parent.parent[parent === parent.parent.left ? "left" : "right"] = node
    node[opposite(side)] = parent
    parent.parent = node
  }
}

function opposite(side: Side): Side {
  return side === "left" ? "right" : "left"
}

function leftmost(node: Node | undefined): Node | undefined {
  while (node?.left !== undefined) node = node.left
  return node
}

function following(node: Node): Node | undefined {
  if (node.right !== undefined) return leftmost(node.right)
  let child = node
  for (let { parent } = node; parent !== undefined; { parent } = parent) {
    if (child === parent.left) return parent
    child = parent
  }
  return undefined
}
