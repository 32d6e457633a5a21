// An attribute set as its bindings mean it: `a.b = 1; a = { c = 2; };` is one set with one name, whose value is a set of two.
// Names that are written twice keep the first; `validate` has reported them before. `${"a"}` is the name `a`, as in Nix.

import {
  type AttrBinding,
  type AttrName,
  type Attrset,
  type Binding,
  type Expr,
  type InheritBinding,
  type LegacyLet,
  type Let,
  staticName,
} from "../../syntax/index.js"

export interface SetPlan {
  readonly kind: "set"
  recursive: boolean
  /** Offset of the set, or of the attrpath that implies it. */
  readonly start: number
  readonly attrs: Map<string, AttrPlan>
  /** The expressions of `inherit (from)`, each evaluated at most once for all its names. */
  readonly froms: Expr[]
  readonly dynamic: {
    readonly name: Expr
    readonly value: Expr | SetPlan
    /** Offset of the attrpath that the name stands in. */
    readonly path: number
  }[]
}

export type AttrPlan =
  | ValuePlan
  /** `inherit a`: the name as seen from outside the set. */
  | (AttrPlace & { readonly kind: "outer" })
  | (AttrPlace & { readonly kind: "from"; readonly from: number })

interface ValuePlan extends AttrPlace {
  readonly kind: "value"
  readonly value: Expr | SetPlan
}

interface AttrPlace {
  /** Offset of the name. */
  readonly start: number
  /** Offset of the attrpath that the name stands in: the position of the attribute, to Nix. */
  readonly path: number
}

/** What an attribute set in the source means. */
export function planSet({ recursive, start, bindings }: Attrset): SetPlan {
  return withBindings(emptyPlan({ recursive, start }), bindings)
}

/** What a `let` means: its variables see each other, as the attributes of a recursive set do. */
export function planLet({ start, bindings }: Let | LegacyLet): SetPlan {
  return withBindings(emptyPlan({ recursive: true, start }), bindings)
}

function emptyPlan({ recursive, start }: Pick<SetPlan, "recursive" | "start">): SetPlan {
  return { kind: "set", recursive, start, attrs: new Map(), froms: [], dynamic: [] }
}

function withBindings(plan: SetPlan, bindings: readonly Binding[]): SetPlan {
  addBindings(plan, bindings)
  return plan
}

function addBindings(plan: SetPlan, bindings: readonly Binding[]): void {
  for (const binding of bindings) {
    if (binding.kind === "inherit") addInherit(plan, binding)
    else addBinding(plan, binding)
  }
}

function addInherit(plan: SetPlan, binding: InheritBinding): void {
  const from = binding.from === undefined ? -1 : plan.froms.push(binding.from) - 1
  for (const name of binding.names) {
    const known = staticName(name)
    if (known === undefined || plan.attrs.has(known)) continue
    const start = name.start
    plan.attrs.set(
      known,
      from < 0 ? { kind: "outer", start, path: start } : { kind: "from", from, start, path: start },
    )
  }
}

function addBinding(plan: SetPlan, binding: AttrBinding): void {
  const last = binding.path.length - 1
  let set = plan
  const name = binding.path[last]
  if (name === undefined) return
  for (let i = 0; i < last; i++) set = descend(set, binding.path, i)
  const { start: path } = binding.path[0]
  const known = staticName(name)
  if (known !== undefined)
    addValue(set, known, { kind: "value", value: binding.value, start: name.start, path })
  else if (name.kind === "dynamic") set.dynamic.push({ name: name.expr, value: binding.value, path })
}

/** The nested set that the name at `at` leads into, made if need be. */
function descend(plan: SetPlan, path: readonly AttrName[], at: number): SetPlan {
  const name = path[at]
  const nestedStart = path[at + 1].start
  const known = staticName(name)
  if (known === undefined) return descendDynamic(plan, name, nestedStart, path[0].start)
  const existing = plan.attrs.get(known)
  const merged = existing === undefined ? undefined : asSet(existing)
  const nested = merged ?? emptyPlan({ recursive: false, start: nestedStart })
  if (existing === undefined)
    plan.attrs.set(known, { kind: "value", value: nested, start: name.start, path: path[0].start })
  else if (merged !== undefined) plan.attrs.set(known, { ...existing, kind: "value", value: nested })
  return nested
}

function descendDynamic(plan: SetPlan, name: AttrName, start: number, path: number): SetPlan {
  const nested = emptyPlan({ recursive: false, start })
  if (name.kind === "dynamic") plan.dynamic.push({ name: name.expr, value: nested, path })
  return nested
}

function addValue(plan: SetPlan, name: string, added: ValuePlan): void {
  const existing = plan.attrs.get(name)
  if (existing === undefined) {
    plan.attrs.set(name, added)
    return
  }
  const merged = asSet(existing)
  if (merged === undefined || added.value.kind !== "attrset") return
  plan.attrs.set(name, { ...existing, kind: "value", value: merged })
  addBindings(merged, added.value.bindings)
}

/** The set that a binding's value is, where later bindings may add to it. */
function asSet(attr: AttrPlan): SetPlan | undefined {
  if (attr.kind !== "value") return undefined
  if (attr.value.kind === "set") return attr.value
  return attr.value.kind === "attrset" ? planSet(attr.value) : undefined
}
