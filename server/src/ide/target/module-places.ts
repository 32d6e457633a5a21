// Which option path every attribute of a file stands for.
//
// A file is read as the module system reads it, but without evaluating: through functions, `let`, `with`, `assert`, `if`, `//`,
// `mkIf`, `mkMerge` and the like, through local variables and functions, through any mix of dotted and nested attrpaths, and
// into aspects (`flake.modules.nixos.base = { .. }` is a module of its own). Where a value is not written as an attrset, the
// path ends.

import type { AspectContainer } from "../../fleet/index.js"
import { propertyFunctions } from "../../modules/index.js"
import {
  type AttrBinding,
  type AttrName,
  type Attrset,
  type Expr,
  type InheritBinding,
  type Lambda,
  type List,
  lookup,
  type Scope,
  scopeInside,
  staticName,
  withoutParens,
} from "../../syntax/index.js"
import { nameIn } from "./literal-name.js"
import { below, type Place, WHOLE_FILE } from "./module-place.js"

/** A binding that sets or declares an option. */
export interface Site {
  readonly binding: AttrBinding | InheritBinding
  readonly names: readonly AttrName[]
  /** What its value means. */
  readonly place: Place
  /** Undefined for `inherit`. */
  readonly value: Expr | undefined
}

export interface ModulePlaces {
  readonly sites: readonly Site[]
  /** The place of the set around a binding; several if the set is in a variable that is used several times. */
  readonly around: ReadonlyMap<AttrBinding | InheritBinding, readonly Place[]>
  /** The module that a function makes: whose configuration its `config` is. */
  readonly functions: ReadonlyMap<Lambda, Place>
  /** The module that the path of an option is for, which is written as a list: `mkRenamedOptionModule [ "a" ] [ "b" ]`. */
  readonly optionLists: ReadonlyMap<List, Place>
}

// Every hover in a document asks for the same, so the last answer for a tree is kept as long as the tree.
const known = new WeakMap<Expr, Walk>()

/** Reads a file as a module. */
export function modulePlaces(tree: Expr, containers: readonly AspectContainer[]): ModulePlaces {
  const before = known.get(tree)
  if (before?.containers === containers) return before
  const walk = new Walk(containers)
  if (flakeOf(tree) === undefined) walk.value(tree, WHOLE_FILE, undefined)
  known.set(tree, walk)
  return walk
}

/** The set of a flake.nix, if the tree is one: the only kind of file that looks like a module without being one. */
export function flakeOf(tree: Expr): Attrset | undefined {
  const set = withoutParens(tree)
  if (set.kind !== "attrset") return undefined
  const isFlake = set.bindings.some(
    binding =>
      binding.kind === "binding" &&
      binding.path.length === 1 &&
      staticName(binding.path[0]) === "outputs" &&
      withoutParens(binding.value).kind === "lambda",
  )
  return isFlake ? set : undefined
}

// Limits: variables followed in a row, against cycles; depth and sites, against hostile code.
const MAX_FOLLOWED = 5
const MAX_DEPTH = 800
const MAX_SITES = 50_000

class Walk implements ModulePlaces {
  readonly sites: Site[] = []
  readonly around = new Map<AttrBinding | InheritBinding, Place[]>()
  readonly functions = new Map<Lambda, Place>()
  readonly optionLists = new Map<List, Place>()
  private followed = 0
  private depth = 0

  constructor(readonly containers: readonly AspectContainer[]) {}

  /** `expr` is the value at `place`. */
  value(expr: Expr, place: Place, scope: Scope): void {
    if (this.depth >= MAX_DEPTH || this.sites.length >= MAX_SITES) return
    this.depth++
    this.valueInside(expr, place, scope)
    this.depth--
  }

  private valueInside(expr: Expr, place: Place, scope: Scope): void {
    switch (expr.kind) {
      case "paren":
        return this.value(expr.inner, place, scope)
      case "attrset":
        return this.attrset(expr, place, scopeInside(expr, scope))
      case "lambda":
        return this.lambda(expr, place, scope)
      case "let":
      case "with":
      case "assert":
        return this.value(expr.body, place, scopeInside(expr, scope))
      case "if":
        this.value(expr.consequent, place, scope)
        return this.value(expr.alternative, place, scope)
      case "binary":
        if (expr.op !== "//" && !(expr.op === "++" && place.part === "imports")) return
        this.value(expr.left, place, scope)
        return this.value(expr.right, place, scope)
      case "list":
        if (!this.takesList(place)) return
        for (const element of expr.elements) this.value(element, { ...place, part: "module" }, scope)
        return
      case "apply":
        return this.call(expr, place, scope)
      case "variable":
        return this.variable(expr.name, scope, (value, inner) => this.value(value, place, inner))
      default:
        return
    }
  }

  /** Whether each element of a list is a module: what `imports` are, or an aspect that is several modules. */
  private takesList({ part, container }: Place): boolean {
    return part === "imports" || (part === "module" && container !== undefined)
  }

  private attrset(set: Attrset, place: Place, scope: Scope): void {
    if (place.part === "imports") return
    for (const binding of set.bindings) {
      const places = this.around.get(binding)
      if (places === undefined) this.around.set(binding, [place])
      else places.push(place)
      if (binding.kind === "binding") this.binding(binding, place, scope)
      else
        for (const name of binding.names) {
          const reached = this.reach(place, [name], scope)
          if (reached === undefined) continue
          this.sites.push({ binding, names: [name], place: reached, value: undefined })
        }
    }
  }

  private binding(binding: AttrBinding, place: Place, scope: Scope): void {
    const reached = this.reach(place, binding.path, scope)
    if (reached === undefined) return
    this.value(binding.value, reached, scope)
    const site = { binding, names: binding.path, place: reached, value: binding.value }
    if (reached.part !== "imports") this.sites.push(site)
  }

  /** The place at the end of an attrpath; undefined if a name is only known to evaluation or leads to no option. */
  private reach(place: Place, names: readonly AttrName[], scope: Scope): Place | undefined {
    let reached: Place | undefined = place
    for (const attr of names) {
      const name: string | undefined = nameIn(attr, scope)
      reached = name === undefined ? undefined : below(reached, name, this.containers)
      if (reached === undefined) return undefined
    }
    return reached
  }

  /** A function is a module where a module is expected: at the top of one, or as the value of an option that takes modules. */
  private lambda(lambda: Lambda, place: Place, scope: Scope): void {
    const takesModule = place.part === "module" || lambda.formals?.ellipsis === true
    if (!takesModule || place.part === "imports" || place.part === "options") return
    const module: Place = { ...place, part: "module" }
    if (!this.functions.has(lambda)) this.functions.set(lambda, module)
    this.value(lambda.body, module, scopeInside(lambda, scope))
  }

  private call(call: Expr, place: Place, scope: Scope): void {
    const args: Expr[] = []
    let fn = call
    while (fn.kind === "apply" && args.length <= MAX_ARGS) {
      args.unshift(fn.arg)
      fn = withoutParens(fn.fn)
    }
    const name = calledName(fn)
    const last = args.at(-1)
    if (last === undefined) return
    if (name !== undefined && args.length === propertyFunctions[name]?.args) {
      if (name === "mkMerge") this.merged(last, place, scope)
      else this.value(last, place, scope)
    } else if (name === "recursiveUpdate" && args.length === 2) {
      for (const arg of args) this.value(arg, place, scope)
    } else if (name !== undefined && place.part === "module" && MODULES_ABOUT_OPTIONS.has(name)) {
      for (const arg of args) this.optionPaths(arg, place)
    } else if (fn.kind === "variable") this.localFunction(fn.name, args.length, place, scope)
  }

  /** An argument that is the path of an option, a list of such paths, or a set of such arguments. */
  private optionPaths(expr: Expr, place: Place): void {
    const arg = withoutParens(expr)
    if (arg.kind === "list") {
      this.optionLists.set(arg, place)
      for (const element of arg.elements) if (element.kind === "list") this.optionLists.set(element, place)
    }
    if (arg.kind === "attrset")
      for (const binding of arg.bindings)
        if (binding.kind === "binding" && binding.value.kind === "list")
          this.optionLists.set(binding.value, place)
  }

  /** The list of a `mkMerge`: every element is the value itself. */
  private merged(expr: Expr, place: Place, scope: Scope): void {
    const list = withoutParens(expr)
    switch (list.kind) {
      case "list":
        for (const element of list.elements) this.value(element, place, scope)
        return
      case "binary":
        if (list.op !== "++") return
        this.merged(list.left, place, scope)
        return this.merged(list.right, place, scope)
      case "let":
      case "with":
        return this.merged(list.body, place, scopeInside(list, scope))
      case "variable":
        return this.variable(list.name, scope, (value, inner) => this.merged(value, place, inner))
      case "apply": {
        const inner = withoutParens(list.fn)
        const name = inner.kind === "apply" ? calledName(withoutParens(inner.fn)) : undefined
        if (name === "optional") return this.value(list.arg, place, scope)
        if (name === "optionals") return this.merged(list.arg, place, scope)
        return
      }
      default:
        return
    }
  }

  private variable(name: string, scope: Scope, go: (value: Expr, scope: Scope) => void): void {
    const found = lookup(name, scope)
    const value = found.kind === "local" ? found.local.value : undefined
    if (found.kind !== "local" || value === undefined || this.followed >= MAX_FOLLOWED) return
    this.followed++
    go(value, found.local.scope)
    this.followed--
  }

  /** `mk "x"` for a local `mk = name: { .. };`: what the function returns. */
  private localFunction(name: string, args: number, place: Place, scope: Scope): void {
    this.variable(name, scope, (value, inner) => {
      let body = withoutParens(value)
      for (let taken = 0; taken < args; taken++) {
        if (body.kind !== "lambda") return
        inner = scopeInside(body, inner)
        body = withoutParens(body.body)
      }
      this.value(body, place, inner)
    })
  }
}

const MAX_ARGS = 8

/** Functions of the library that make a module out of paths of options. */
const MODULES_ABOUT_OPTIONS: ReadonlySet<string> = new Set([
  "doRename",
  "mkAliasOptionModule",
  "mkAliasOptionModuleMD",
  "mkChangedOptionModule",
  "mkMergedOptionModule",
  "mkRemovedOptionModule",
  "mkRenamedOptionModule",
  "mkRenamedOptionModuleWith",
])

/** `mkIf` of `mkIf` and of `lib.mkIf`. */
function calledName(fn: Expr): string | undefined {
  if (fn.kind === "variable") return fn.name
  const last = fn.kind === "select" ? fn.path.at(-1) : undefined
  return last && staticName(last)
}
