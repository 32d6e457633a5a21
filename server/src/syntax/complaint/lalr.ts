// An LALR(1) automaton from a grammar, with the default reductions of Bison: a state that can reduce does so by its most
// frequent rule on every token that it does not know, and only the state where that ends finds the token wrong. What such a
// state still knows is what Bison's messages list as expected. Lookaheads are found by propagating them between the kernels of
// LR(0) items (Aho, Lam, Sethi, Ullman, "Compilers", section 4.7.5).
//
// Made when the first text is wrong, in some ten milliseconds; nothing else needs it.

/** What a state does at a token: shift and go to a state (>= 0), or reduce by rule `~n`; absent where it does not know. */
type Action = number

export interface State {
  readonly actions: ReadonlyMap<number, Action>
  /** Tokens refused although the default reduction would take them: operators that do not chain. */
  readonly refused: ReadonlySet<number>
  readonly gotos: ReadonlyMap<number, number>
  /** The rule by which to reduce at every other token. */
  readonly fallback: number | undefined
}

export interface Rule {
  readonly left: number
  readonly right: readonly number[]
  readonly level: Level | undefined
}

export interface Level {
  readonly power: number
  readonly associativity: "left" | "right" | "none"
}

/** Symbols below `terminals` are terminals, 0 being the end; rule 0 is `accept = start`. */
export interface Grammar {
  readonly rules: readonly Rule[]
  readonly terminals: number
  readonly levels: ReadonlyMap<number, Level>
}

/** An item is a rule with a place in it; lookaheads are added while states are made. */
interface Kernel {
  readonly rule: number
  readonly dot: number
  readonly lookaheads: Set<number>
}

interface Draft {
  readonly kernels: Map<string, Kernel>
  readonly transitions: Map<number, Draft>
  number: number
}

/** The LALR(1) automaton of a grammar, its states by number. */
export function buildAutomaton(grammar: Grammar): State[] {
  const builder = new Builder(grammar)
  const drafts = builder.drafts()
  return drafts.map(draft => builder.state(draft))
}

class Builder {
  private readonly byLeft = new Map<number, number[]>()
  private readonly firsts: readonly ReadonlySet<number>[]
  private readonly nullable = new Set<number>()

  constructor(private readonly grammar: Grammar) {
    grammar.rules.forEach(({ left }, rule) => {
      this.byLeft.set(left, [...(this.byLeft.get(left) ?? []), rule])
    })
    this.firsts = this.firstSets()
  }

  /** States with their kernels; lookaheads flow along transitions until none is new. */
  drafts(): Draft[] {
    const start: Draft = { kernels: new Map(), transitions: new Map(), number: 0 }
    start.kernels.set("0.0", { rule: 0, dot: 0, lookaheads: new Set([0]) })
    const known = new Map([["0.0", start]])
    const drafts = [start]
    const waiting = new Set([start])
    for (const draft of waiting) {
      waiting.delete(draft)
      for (const [symbol, moved] of this.moves(draft)) {
        const key = moved
          .map(({ rule, dot }) => `${rule}.${dot}`)
          .sort()
          .join(" ")
        let target = known.get(key)
        if (target === undefined) {
          target = { kernels: new Map(), transitions: new Map(), number: drafts.length }
          known.set(key, target)
          drafts.push(target)
        }
        draft.transitions.set(symbol, target)
        if (merge(target, moved)) waiting.add(target)
      }
    }
    return drafts
  }

  state(draft: Draft): State {
    const actions = new Map<number, Action>()
    const gotos = new Map<number, number>()
    for (const [symbol, target] of draft.transitions)
      (symbol < this.grammar.terminals ? actions : gotos).set(symbol, target.number)
    const refused = new Set<number>()
    const counts = new Map<number, number>()
    for (const { rule, dot, lookaheads } of this.closure(draft)) {
      if (dot < this.grammar.rules[rule].right.length) continue
      for (const token of lookaheads) {
        if (!this.reduces(rule, token, actions, refused)) continue
        actions.set(token, ~rule)
        counts.set(rule, (counts.get(rule) ?? 0) + 1)
      }
    }
    const fallback = mostFrequent(counts)
    for (const [token, action] of actions)
      if (fallback !== undefined && action === ~fallback) actions.delete(token)
    return { actions, refused, gotos, fallback }
  }

  /** Settles whether to reduce where shifting is possible too. */
  private reduces(rule: number, token: number, actions: Map<number, Action>, refused: Set<number>): boolean {
    if (!actions.has(token)) return true
    const [own, other] = [this.grammar.rules[rule].level, this.grammar.levels.get(token)]
    if (own === undefined || other === undefined) return false
    if (own.power !== other.power) return own.power > other.power
    if (own.associativity === "none") {
      actions.delete(token)
      refused.add(token)
      return false
    }
    return own.associativity === "left"
  }

  private moves(draft: Draft): Map<number, Kernel[]> {
    const moves = new Map<number, Kernel[]>()
    for (const { rule, dot, lookaheads } of this.closure(draft)) {
      const symbol = this.grammar.rules[rule].right[dot]
      if (symbol === undefined) continue
      moves.set(symbol, [...(moves.get(symbol) ?? []), { rule, dot: dot + 1, lookaheads }])
    }
    return moves
  }

  private closure(draft: Draft): Iterable<Kernel> {
    const items = new Map<string, Kernel>()
    const waiting: Kernel[] = []
    const add = (rule: number, dot: number, lookaheads: Iterable<number>) => {
      const key = `${rule}.${dot}`
      let item = items.get(key)
      const before = item?.lookaheads.size ?? -1
      if (item === undefined) items.set(key, (item = { rule, dot, lookaheads: new Set() }))
      for (const token of lookaheads) item.lookaheads.add(token)
      if (before < item.lookaheads.size) waiting.push(item)
    }
    for (const { rule, dot, lookaheads } of draft.kernels.values()) add(rule, dot, lookaheads)
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      const { right } = this.grammar.rules[item.rule]
      const following = this.firstOf(right.slice(item.dot + 1), item.lookaheads)
      for (const rule of this.byLeft.get(right[item.dot]) ?? []) add(rule, 0, following)
    }
    return items.values()
  }

  private firstOf(symbols: readonly number[], after: ReadonlySet<number>): Set<number> {
    const found = new Set<number>()
    for (const symbol of symbols) {
      for (const token of this.firsts[symbol]) found.add(token)
      if (!this.nullable.has(symbol)) return found
    }
    for (const token of after) found.add(token)
    return found
  }

  private firstSets(): Set<number>[] {
    const { rules, terminals } = this.grammar
    const count = Math.max(...rules.map(({ left }) => left)) + 1
    const firsts = Array.from({ length: count }, (_, symbol) => new Set(symbol < terminals ? [symbol] : []))
    for (let changed = true; changed; ) {
      changed = false
      for (const { left, right } of rules) {
        const before = firsts[left].size + this.nullable.size
        if (right.every(symbol => this.nullable.has(symbol))) this.nullable.add(left)
        const end = right.findIndex(symbol => !this.nullable.has(symbol))
        for (const symbol of end < 0 ? right : right.slice(0, end + 1))
          for (const token of firsts[symbol]) firsts[left].add(token)
        if (before < firsts[left].size + this.nullable.size) changed = true
      }
    }
    return firsts
  }
}

/** Adds items and lookaheads; whether any were new. */
function merge(target: Draft, moved: readonly Kernel[]): boolean {
  let grew = target.kernels.size === 0
  for (const { rule, dot, lookaheads } of moved) {
    const key = `${rule}.${dot}`
    const kernel = target.kernels.get(key) ?? { rule, dot, lookaheads: new Set() }
    target.kernels.set(key, kernel)
    const before = kernel.lookaheads.size
    for (const token of lookaheads) kernel.lookaheads.add(token)
    if (before < kernel.lookaheads.size) grew = true
  }
  return grew
}

function mostFrequent(counts: ReadonlyMap<number, number>): number | undefined {
  let [best, most]: [number | undefined, number] = [undefined, 0]
  for (const rule of [...counts.keys()].sort((a, b) => a - b)) {
    const count = counts.get(rule) ?? 0
    if (most < count) [best, most] = [rule, count]
  }
  return best
}
