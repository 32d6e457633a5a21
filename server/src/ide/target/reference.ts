// What an expression refers to, as far as the file tells: the configuration, the package set, the library, a flake input or a
// builtin.
//
// All of these enter a file as arguments with well-known names (`config`, `pkgs`, `lib`, `inputs`). From there they are followed
// through selections, local variables, `inherit (x) y` and `with`.

import { type Expr, type Lambda, lookup, type Scope, staticNames } from "../../syntax/index.js"

export type Root = "config" | "osConfig" | "options" | "pkgs" | "lib" | "inputs" | "builtins"

export interface Reference {
  readonly root: Root
  /** The names selected from it. */
  readonly path: readonly string[]
  /** The function that takes the root as its argument, if any. */
  readonly lambda: Lambda | undefined
}

// Names of arguments and what they stand for. Overlays call the package set final and prev.
const ARGUMENTS: Readonly<Record<string, Root>> = {
  config: "config",
  osConfig: "osConfig",
  nixosConfig: "osConfig",
  darwinConfig: "osConfig",
  options: "options",
  pkgs: "pkgs",
  lib: "lib",
  final: "pkgs",
  prev: "pkgs",
  _final: "pkgs",
  _prev: "pkgs",
  inputs: "inputs",
  "inputs'": "inputs",
}

const MAX_FOLLOWED = 12

/** What `expr` refers to in `scope`; undefined when the file alone does not tell. */
export function referenceOf(expr: Expr, scope: Scope, budget = MAX_FOLLOWED): Reference | undefined {
  if (budget === 0) return undefined
  switch (expr.kind) {
    case "paren":
      return referenceOf(expr.inner, scope, budget)
    case "variable":
      return variableReference(expr.name, scope, budget)
    case "select": {
      const subject = referenceOf(expr.subject, scope, budget - 1)
      const names = staticNames(expr.path)
      return subject && names && extended(subject, names)
    }
    default:
      return undefined
  }
}

/** What a variable of this name refers to. */
export function variableReference(name: string, scope: Scope, budget = MAX_FOLLOWED): Reference | undefined {
  const found = lookup(name, scope)
  if (found.kind === "free") {
    if (name === "builtins") return { root: "builtins", path: [], lambda: undefined }
    // The innermost `with` that we understand. One that we do not might bind the name first, but rarely does.
    for (const { node, outer } of found.withs) {
      const opened = referenceOf(node.scope, outer, budget - 1)
      if (opened !== undefined) return extended(opened, [name])
    }
    return undefined
  }
  const { value, scope: inner, lambda, role } = found.local
  if (role === "argument") {
    const root = ARGUMENTS[name]
    if (root !== undefined) return { root, path: [], lambda }
    return isFlakeInput(name, lambda) ? { root: "inputs", path: [name], lambda } : undefined
  }
  const reference = value && referenceOf(value, inner, budget - 1)
  // `pkgs = import inputs.nixpkgs { .. };`: the name says what it is.
  if (reference === undefined && name === "pkgs") return { root: "pkgs", path: [], lambda: undefined }
  return reference
}

/** Whether an argument is a flake input: `outputs` takes its inputs by name, next to `self`. */
function isFlakeInput(name: string, lambda: Lambda | undefined): boolean {
  const formals = lambda?.formals?.formals.map(formal => formal.name.name) ?? []
  return name !== "self" && formals.includes("self") && formals.includes(name)
}

function extended(reference: Reference, names: readonly string[]): Reference {
  return { ...reference, path: [...reference.path, ...names] }
}
