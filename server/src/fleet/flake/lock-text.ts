// Writes flake.lock as Nix does: nodes sorted by name, each named after the first input that leads to it, with a number if that name is
// taken.

import { type FlakeRef, relativePath } from "./flake-ref.js"
import { shown } from "./flake-ref-print.js"
import { isNode, type LockNode, pathKey, sortedByName } from "./lock-node.js"

/** A graph that cannot be locked, and why. */
class UnlockableError extends Error {}

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/** The text of the lock file for a graph. @throws UnlockableError if an input has no source, or one that may change */
export function lockText(root: LockNode): string {
  const writer = new LockWriter()
  const key = writer.add("root", root)
  return `${JSON.stringify(sorted({ nodes: writer.nodes, root: key, version: 7 }), undefined, 2)}\n`
}

class LockWriter {
  readonly nodes: Record<string, Json> = {}
  private readonly keys = new Map<LockNode, string>()

  /** Adds a node with everything below it, and returns its key. */
  add(name: string, node: LockNode): string {
    const known = this.keys.get(node)
    if (known !== undefined) return known
    const key = this.freeKey(name)
    this.keys.set(node, key)
    this.nodes[key] = {}
    const inputs: Record<string, Json> = {}
    for (const [input, target] of sortedByName(node.inputs))
      inputs[input] = isNode(target) ? this.add(input, target) : [...target]
    this.nodes[key] = {
      ...(node.inputs.size === 0 ? {} : { inputs }),
      ...(node.original === undefined ? {} : { original: node.original, locked: lockedRef(node) }),
      ...(node.isFlake ? {} : { flake: false }),
      ...(node.parent === undefined ? {} : { parent: [...node.parent] }),
    }
    return key
  }

  private freeKey(name: string): string {
    if (!Object.hasOwn(this.nodes, name)) return name
    let number = 2
    while (Object.hasOwn(this.nodes, `${name}_${number}`)) number++
    return `${name}_${number}`
  }
}

/** What a node is locked to: by the old lock file, or by what its source turned out to be. */
function lockedRef({ path, place, locked, missing }: LockNode): FlakeRef {
  if (missing !== undefined) throw new UnlockableError(missing)
  if (locked === undefined) throw new UnlockableError(`input '${pathKey(path)}' has no reference`)
  if (place === undefined || relativePath(locked) !== undefined) return locked
  const { ref } = place.source
  const { narHash, rev, dirtyRev, branch, lastModified, revCount } = place.source.facts()
  if (dirtyRev !== undefined)
    throw new UnlockableError(
      `input '${pathKey(path)}' cannot be locked: '${shown(ref)}' has changes that are not committed`,
    )
  const count = revCount?.()
  return {
    ...(branch === undefined ? {} : { ref: branch }),
    ...ref,
    ...(locked.dir === undefined ? {} : { dir: locked.dir }),
    ...(narHash === undefined ? {} : { narHash }),
    ...(rev === undefined ? {} : { rev }),
    ...(count === undefined ? {} : { revCount: count }),
    ...(lastModified === undefined ? {} : { lastModified }),
  }
}

function sorted(json: Json): Json {
  if (Array.isArray(json)) return json.map(sorted)
  if (typeof json !== "object") return json
  const entries = Object.entries(json as { readonly [name: string]: Json })
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, sorted(value)]),
  )
}
