// The inputs of an open flake as data: what they are, where their sources are, and which are missing.

import { type LineColumn, lineColumn, lineStarts, type Severity } from "../../base/index.js"
import { textOfBytes } from "../../eval/index.js"
import type { LockedInput } from "../model.js"
import type { Sources } from "../sources/sources.js"
import type { FlakeFile } from "./flake-file.js"
import { dirOf, type FlakePlace, placeBelow, realFolder } from "./flake-place.js"
import type { FileProblem } from "./flake-problem.js"
import { type FlakeRef, relativePath } from "./flake-ref.js"
import { shown } from "./flake-ref-print.js"
import { type InputPath, isNode, type LockNode, pathKey, resolveInput } from "./lock-node.js"

export interface FlakeInput {
  /** As `--override-input` takes it: `nixpkgs`, or `clan-core/nixpkgs` for an input of an input. */
  readonly name: string
  /** The reference as flake.nix has it, or as the lock file says for inputs of inputs. */
  readonly refText: string
  /** What it is locked to; undefined for a fresh one. */
  readonly locked: FlakeRef | undefined
  readonly isFlake: boolean
  /** The commit it is locked to, if it comes from version control. */
  readonly rev?: string
  /** Real path of its folder, if it is on this machine. */
  readonly sourcePath?: string
  /** Why it is missing. */
  readonly problem?: string
  /** Whether it is a relative path that leaves the source of its flake, which Nix refuses. */
  readonly isOutside?: true
  /** In flake.nix: the name of the input, or of the one that it belongs to. */
  readonly place: LineColumn & { readonly file: string }
}

/** Every input once, by the shortest path that leads to it; those of the flake itself come first. */
export function flakeInputs(
  root: LockNode,
  flake: FlakeFile | undefined,
  sources: Sources,
): readonly FlakeInput[] {
  if (flake === undefined) return []
  const starts = lineStarts(flake.text)
  const found: FlakeInput[] = []
  const queue: LockNode[] = [root]
  const seen = new Set<LockNode>(queue)
  for (const node of queue)
    for (const [, target] of node.inputs) {
      if (!isNode(target) || seen.has(target)) continue
      seen.add(target)
      queue.push(target)
      const declared = flake.inputs.get(target.path[0])
      const place = { file: flake.path, ...lineColumn(starts, declared?.range.start ?? 0) }
      const refText = target.path.length === 1 ? (declared?.refText ?? "") : refTextOf(target)
      found.push({
        name: pathKey(target.path),
        refText,
        locked: target.place === undefined && target.missing === undefined ? target.locked : undefined,
        isFlake: target.isFlake,
        ...(typeof target.locked?.rev === "string" ? { rev: target.locked.rev } : {}),
        ...whereabouts(root, target, sources),
        place,
      })
    }
  return found
}

/** What flake.lock says of the flake's own inputs, wherever they are, and of those that they have. */
export function lockedInputs(root: LockNode): LockedInput[] {
  return Array.from(root.inputs, ([name, target]) => {
    const node = isNode(target) ? target : resolveInput(root, target)
    const own = node === undefined ? [] : Array.from(node.inputs, input => lockedInput(root, ...input))
    return { ...lockedInput(root, name, target), ...(own.length === 0 ? {} : { inputs: own }) }
  })
}

function lockedInput(root: LockNode, name: string, target: LockNode | InputPath): LockedInput {
  const node = isNode(target) ? target : resolveInput(root, target)
  const { rev, lastModified } = node?.locked ?? {}
  return {
    name: textOfBytes(name),
    url: node === undefined ? "" : textOfBytes(refTextOf(node)),
    ...(typeof rev === "string" ? { rev } : {}),
    ...(typeof lastModified === "number" ? { lastModified } : {}),
    ...(isNode(target) ? {} : { follows: textOfBytes(pathKey(target)) }),
  }
}

function refTextOf({ original }: LockNode): string {
  return original === undefined ? "" : shown(original)
}

function whereabouts(
  root: LockNode,
  node: LockNode,
  sources: Sources,
): Pick<FlakeInput, "sourcePath" | "problem" | "isOutside"> {
  const found = placeOfNode(root, node, sources)
  if (typeof found === "string") return { problem: found }
  const parent = node.parent === undefined ? undefined : resolveInput(root, node.parent)
  const around = parent === undefined ? "" : placeOfNode(root, parent, sources)
  const isInside = typeof around === "string" || around.source === found.source
  return { sourcePath: realFolder(found), ...(isInside ? {} : { isOutside: true }) }
}

/** Where a node's folder is, or why it is missing. */
function placeOfNode(root: LockNode, node: LockNode, sources: Sources): FlakePlace | string {
  if (node.missing !== undefined) return node.missing
  if (node.place !== undefined) return node.place
  if (node.locked === undefined) return "it has no reference"
  const relative = relativePath(node.locked)
  if (relative !== undefined) {
    const parent = resolveInput(root, node.parent ?? [])
    if (parent === undefined)
      return `it is relative to input '${pathKey(node.parent ?? [])}', which does not exist`
    const above = placeOfNode(root, parent, sources)
    if (typeof above === "string") return above
    const found = placeBelow(above, relative, sources)
    return sources.isThere(found.source) ? found : `path '${realFolder(found)}' does not exist`
  }
  // The flake's own inputs are fetched if that is allowed; inputs of inputs only if evaluation needs them.
  const source = node.path.length === 1 ? sources.locked(node.locked) : sources.here(node.locked)
  return source.kind === "missing" ? source.why : { source, dir: dirOf(node.locked) }
}

/**
 * What is wrong with locked inputs: an error for each missing input that flake.nix names itself; a warning for the missing inputs of
 * an input, which may never be needed; and a warning for a relative path that Nix would refuse.
 */
export function inputProblems(inputs: readonly FlakeInput[], flake: FlakeFile): readonly FileProblem[] {
  const problem = (name: string, severity: Severity, code: string, message: string): FileProblem => ({
    file: flake.path,
    range: flake.inputs.get(topOf(name))?.range ?? { start: 0, end: 1 },
    severity,
    code,
    message,
  })
  const isMissing = ({ problem, locked }: FlakeInput): boolean =>
    problem !== undefined && locked !== undefined
  const missing = inputs.filter(isMissing)
  const direct = missing.filter(({ name }) => topOf(name) === name)
  const gone = new Set(direct.map(({ name }) => name))
  const indirect = missing.filter(({ name }) => topOf(name) !== name && !gone.has(topOf(name)))
  return [
    ...direct.map(({ name, problem: why }) =>
      problem(name, "error", "flake-input-missing", `input '${name}' is missing: ${why}`),
    ),
    ...[...new Set(indirect.map(({ name }) => topOf(name)))].map(top =>
      problem(top, "warning", "flake-input-missing", lacking(top, indirect)),
    ),
    ...inputs
      .filter(({ isOutside }) => isOutside)
      .map(({ name, refText }) => problem(name, "warning", "flake-input-outside", outside(name, refText))),
  ]
}

function topOf(name: string): string {
  return name.split("/", 1)[0]
}

function lacking(top: string, inputs: readonly FlakeInput[]): string {
  const names = inputs.flatMap(({ name }) => (topOf(name) === top ? [`'${name}'`] : []))
  return `input '${top}' lacks ${names.length === 1 ? "an input" : "inputs"} of its own, not on this machine: ${names.join(", ")}`
}

function outside(name: string, refText: string): string {
  return `input '${name}': '${refText}' leads out of the source of its flake, which Nix refuses; inside a single Git repository it would work`
}
