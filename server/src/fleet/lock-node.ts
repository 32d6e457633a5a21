// The inputs of a flake as a graph: nodes that hold others or follow them, and the folders they stand for.

import type { Files } from "./files.js"
import type { FlakeRef } from "./flake-ref.js"
import { sameRef } from "./flake-ref.js"
import type { LockFile } from "./lock-file.js"
import type { FoundSource, Sources } from "./sources.js"

/** Names of inputs, one inside the other, starting at the root. */
export type InputPath = readonly string[]

/** A flake, or a source without one, in the graph. */
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
  /** Where it lies, if that had to be known to lock it: the root, overrides, and what flake.lock does not know. */
  readonly place: FlakePlace | undefined
  /** Why nothing can be had of it, where that is already clear. */
  readonly missing: string | undefined
}

/** A folder in a source. */
export interface FlakePlace {
  readonly source: FoundSource
  /** Without slashes at its ends; "" for the source itself. */
  readonly dir: string
}

export function isNode(target: LockNode | InputPath): target is LockNode {
  return !Array.isArray(target)
}

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

/** The graph of no flake at all. */
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
export function circleFrom(root: LockNode, path: InputPath): readonly string[] | undefined {
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

export function pathKey(path: InputPath): string {
  return path.join("/")
}

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

/** Real path of a folder in a source. */
export function realFolder({ source, dir }: FlakePlace): string {
  return dir === "" ? source.tree.root : `${source.tree.root}/${dir}`
}

/** A folder given relative to another. Outside of the source it is a source of its own, which Nix would refuse. */
export function placeBelow(place: FlakePlace, relative: string, sources: Sources): FlakePlace {
  const parts = place.dir === "" ? [] : place.dir.split("/")
  let above = 0
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue
    if (part !== "..") parts.push(part)
    else if (parts.pop() === undefined) above++
  }
  const dir = parts.join("/")
  if (above === 0) return { source: place.source, dir }
  const root = place.source.tree.root.split("/").slice(0, -above).join("/")
  return { source: sources.folder(`${root}/${dir}`), dir: "" }
}

/** Real path of a file in a flake, if Nix would see it there. */
export function visibleFile(files: Files, place: FlakePlace, name: string): string | undefined {
  const file = `${realFolder(place)}/${name}`
  const relative = place.dir === "" ? name : `${place.dir}/${name}`
  const isVisible = place.source.tree.visible?.has(relative) ?? true
  return isVisible && files.kindOf(file) === "regular" ? file : undefined
}

export function dirOf(ref: FlakeRef): string {
  return typeof ref.dir === "string" ? ref.dir.replace(/^\/+|\/+$/g, "") : ""
}
