// The inputs of a flake as a graph of nodes, which contain or follow each other.

import type { FlakePlace } from "./flake-place.js"
import { type FlakeRef, sameRef } from "./flake-ref.js"
import type { LockFile } from "./lock-file.js"

/** Names of nested inputs, starting at the root. */
export type InputPath = readonly string[]

/** A flake in the graph, or a source without a flake. */
export interface LockNode {
  /** Where it was met first. */
  readonly path: InputPath
  /** By name: a node, or the path of the input that is followed. */
  readonly inputs: Map<string, LockNode | InputPath>
  readonly isFlake: boolean
  readonly original: FlakeRef | undefined
  readonly locked: FlakeRef | undefined
  /** Of a relative path: the input it is relative to. */
  readonly parent: InputPath | undefined
  /** Where it is, if locking needed to know that: for the root, overrides, and what flake.lock does not have. */
  readonly place: FlakePlace | undefined
  /** Why it is missing, if that is already clear. */
  readonly missing: string | undefined
}

/** Whether an input is a node itself, and does not follow another one. */
export function isNode(target: LockNode | InputPath): target is LockNode {
  return !Array.isArray(target)
}

/** A node with the given parts, and nothing else known about it. */
export function newNode(parts: Partial<LockNode> & { path: InputPath }): LockNode {
  return {
    inputs: new Map(),
    isFlake: true,
    original: undefined,
    locked: undefined,
    parent: undefined,
    place: undefined,
    missing: undefined,
    ...parts,
  }
}

/** The graph of a fleet without a flake. */
export function emptyNode(): LockNode {
  return newNode({ path: [] })
}

/** The input that a path leads to, through whatever it follows; undefined if there is none or it goes in circles. */
export function resolveInput(
  root: LockNode,
  path: InputPath,
  visited: readonly string[] = [],
): LockNode | undefined {
  const key = path.join("/")
  if (visited.includes(key)) return undefined
  let node = root
  for (const name of path) {
    const next = node.inputs.get(name)
    const found = next === undefined || isNode(next) ? next : resolveInput(root, next, [...visited, key])
    if (found === undefined) return undefined
    node = found
  }
  return node
}

/** The inputs that follow each other in a circle, from `path` on. */
function circleFrom(root: LockNode, path: InputPath): readonly string[] | undefined {
  const seen = [pathKey(path)]
  for (let at = path; ; ) {
    const holder = resolveInput(root, at.slice(0, -1))
    const next = holder?.inputs.get(at[at.length - 1])
    if (next === undefined || isNode(next)) return undefined
    at = next
    const key = pathKey(at)
    if (seen.includes(key)) return [...seen.slice(seen.indexOf(key)), key]
    seen.push(key)
  }
}

/** Inputs that follow a missing input, or each other in a circle: of a circle, the first one. */
export function brokenFollows(root: LockNode): { readonly path: InputPath; readonly message: string }[] {
  const broken: { path: InputPath; message: string }[] = []
  const told = new Set<string>()
  const visited = new Set<LockNode>()
  const visit = (node: LockNode): void => {
    if (visited.has(node)) return
    visited.add(node)
    for (const [name, target] of sortedByName(node.inputs)) {
      if (isNode(target)) visit(target)
      else if (resolveInput(root, target) === undefined) {
        const path = [...node.path, name]
        const circle = circleFrom(root, target)
        if (!circle?.some(key => told.has(key)))
          broken.push({ path, message: whyBroken(path, target, circle) })
        for (const key of circle ?? []) told.add(key)
      }
    }
  }
  visit(root)
  return broken
}

function whyBroken(path: InputPath, target: InputPath, circle: readonly string[] | undefined): string {
  return circle === undefined
    ? `input '${pathKey(path)}' follows a non-existent input '${pathKey(target)}'`
    : `follow cycle detected: [${circle.join(" -> ")}]`
}

/** Inputs in the order in which Nix goes through them. */
export function sortedByName<T>(inputs: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...inputs].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** A path as one text, as Nix writes it. */
export function pathKey(path: InputPath): string {
  return path.join("/")
}

/** Whether two paths are the same, or both absent. */
export function samePath(a: InputPath | undefined, b: InputPath | undefined): boolean {
  return a === undefined || b === undefined ? a === b : pathKey(a) === pathKey(b)
}

/** Whether two graphs would be written as the same lock file. */
export function sameNode(a: LockNode, b: LockNode, done: Set<LockNode>): boolean {
  if (done.has(b)) return true
  done.add(b)
  if (a.isFlake !== b.isFlake || a.inputs.size !== b.inputs.size || !samePath(a.parent, b.parent))
    return false
  for (const [left, right] of [
    [a.original, b.original],
    [a.locked, b.locked],
  ])
    if (left === undefined || right === undefined ? left !== right : !sameRef(left, right)) return false
  for (const [name, target] of a.inputs) {
    const other = b.inputs.get(name)
    if (other === undefined || isNode(target) !== isNode(other)) return false
    if (isNode(target) ? !sameNode(target, other as LockNode, done) : !samePath(target, other as InputPath))
      return false
  }
  return true
}

/** A lock file as a graph. Nodes that are named twice are one. */
export function graphOf(lock: LockFile, path: InputPath): LockNode {
  const made = new Map<string, LockNode>()
  const make = (key: string, at: InputPath): LockNode => {
    const known = made.get(key)
    if (known !== undefined) return known
    const { inputs, locked, original, isFlake, parent } = lock.nodes.get(key)!
    const node = newNode({ path: at, locked, original, isFlake, parent })
    made.set(key, node)
    for (const [name, target] of inputs)
      node.inputs.set(name, typeof target === "string" ? make(target, [...at, name]) : target)
    return node
  }
  return make(lock.root, path)
}
