// What the texts of overlays say without evaluating them: packages taken from another channel, and the channels themselves.
//
// A fallback is `name = final.CHANNEL.name;` or `inherit (final.CHANNEL) name;` in a function of `final` and `prev`.

import type { TextRange } from "../../base/index.js"
import {
  type Binding,
  childrenOf,
  type Expr,
  expressionsIn,
  staticNames,
  withoutParens,
} from "../../syntax/index.js"

export interface FallbackSite {
  readonly name: string
  readonly channel: string
  readonly range: TextRange
}

export interface ChannelSite {
  readonly name: string
  /** The flake input that it imports, if that is written there. */
  readonly input: string
  readonly range: TextRange
}

export interface OverlaySites {
  readonly fallbacks: readonly FallbackSite[]
  readonly channels: readonly ChannelSite[]
}

/** All fallbacks and channels in the overlays that a file contains. */
export function overlaySites(tree: Expr): OverlaySites {
  const fallbacks: FallbackSite[] = []
  const channels: ChannelSite[] = []
  forEachOverlay(tree, overlay => {
    forEachBinding(overlay.body, binding => {
      fallbacks.push(...fallbacksOf(binding, overlay.names))
      channels.push(...channelsOf(binding))
    })
  })
  return { fallbacks, channels }
}

interface Overlay {
  /** What the overlay calls its two package sets. */
  readonly names: readonly string[]
  readonly body: Expr
}

/** Any function of two plain parameters counts as an overlay: the text does not tell more. */
function forEachOverlay(e: Expr, visit: (overlay: Overlay) => void): void {
  if (e.kind === "lambda" && e.formals === undefined && e.param !== undefined) {
    const inner = withoutParens(e.body)
    if (inner.kind === "lambda" && inner.formals === undefined && inner.param !== undefined)
      return visit({ names: [e.param.name, inner.param.name], body: inner.body })
  }
  for (const child of childrenOf(e)) forEachOverlay(child, visit)
}

function forEachBinding(e: Expr, visit: (binding: Binding) => void): void {
  for (const expr of expressionsIn(e))
    if (expr.kind === "attrset" || expr.kind === "let") expr.bindings.forEach(visit)
}

function fallbacksOf(binding: Binding, sets: readonly string[]): FallbackSite[] {
  if (binding.kind === "inherit") {
    const channel = binding.from === undefined ? undefined : memberOf(binding.from, sets)
    if (channel?.length !== 1) return []
    return binding.names.flatMap(name =>
      name.kind === "static" ? [{ name: name.name, channel: channel[0], range: name }] : [],
    )
  }
  const [name, ...rest] = binding.path
  const from = memberOf(binding.value, sets)
  if (name?.kind !== "static" || rest.length > 0 || from?.length !== 2 || from[1] !== name.name) return []
  return [{ name: name.name, channel: from[0], range: name }]
}

/** The names below one of the package sets: `["stable", "hello"]` for `final.stable.hello`. */
function memberOf(e: Expr, sets: readonly string[]): string[] | undefined {
  const bare = withoutParens(e)
  if (bare.kind !== "select" || bare.subject.kind !== "variable" || !sets.includes(bare.subject.name))
    return undefined
  return staticNames(bare.path)
}

/** `name = import inputs.x { .. }` */
function channelsOf(binding: Binding): ChannelSite[] {
  if (binding.kind === "inherit" || binding.path.length !== 1) return []
  const [name] = binding.path
  const value = withoutParens(binding.value)
  if (name.kind !== "static" || value.kind !== "apply") return []
  const call = withoutParens(value.fn)
  if (call.kind !== "apply" || call.fn.kind !== "variable" || call.fn.name !== "import") return []
  return [{ name: name.name, input: inputName(call.arg), range: name }]
}

/** `x` of `inputs.x`; empty where the text does not say. */
function inputName(e: Expr): string {
  const bare = withoutParens(e)
  if (bare.kind !== "select") return ""
  const names = bare.path.flatMap(name => (name.kind === "static" ? [name.name] : []))
  const at =
    bare.subject.kind === "variable" && bare.subject.name === "inputs" ? 0 : names.indexOf("inputs") + 1
  return names[at] ?? ""
}
