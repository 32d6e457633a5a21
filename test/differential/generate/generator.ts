// Makes random expressions of a wanted kind. Most of them evaluate, since an error near the root hides everything below it;
// but now and then a value of another kind is given, because what Nix says then must be equal as well.
//
// How an expression of each kind can be made is in the tables beside this file; here are the choice between them, the
// variables in scope, and the fuel that ends it.

import { code, type Expression, text } from "../expression.js"
import type { Random, Weighted } from "../random.js"
import { formsOf } from "./forms.js"
import { type Kind, kinds } from "./kind.js"
import { leafOf } from "./literals.js"
import { nameOrder } from "./names.js"

/** A way to make an expression. */
export type Make = (g: Generator) => Expression

interface Variable {
  readonly name: string
  /** Unknown for the arguments of functions that anything may be given to. */
  readonly kind: Kind | undefined
}

const likelihood: readonly Weighted<Kind>[] = [
  { weight: 4, item: "int" },
  { weight: 2, item: "float" },
  { weight: 3, item: "bool" },
  { weight: 1, item: "null" },
  { weight: 7, item: "string" },
  { weight: 1.5, item: "path" },
  { weight: 5, item: "list" },
  { weight: 7, item: "attrs" },
  { weight: 1.5, item: "function" },
  { weight: 1, item: "derivation" },
]

export class Generator {
  private variables: readonly Variable[] = []
  private depth = 0
  /** Whether indented strings may be made. */
  indents = true

  constructor(
    readonly random: Random,
    /** How many more expressions may be made before only leaves are. */
    private fuel: number,
  ) {}

  /** An expression of any kind. */
  any(): Expression {
    return this.of(this.random.pickWeighted(likelihood))
  }

  /** An expression that is nearly always of the kind. */
  of(wanted: Kind): Expression {
    const kind = this.random.chance(0.015) ? this.random.pick(kinds) : wanted
    this.fuel--
    if (this.fuel <= 0 || this.depth > 7) return this.leaf(kind)
    this.depth++
    const made = this.random.pickWeighted(formsOf[kind])(this)
    this.depth--
    return made
  }

  number(): Expression {
    return this.of(this.random.chance(0.7) ? "int" : "float")
  }

  /** A literal or a variable. */
  leaf(kind: Kind): Expression {
    return (this.random.chance(0.4) ? this.variable(kind) : undefined) ?? leafOf[kind](this)
  }

  /** A variable in scope that is, or may be, of the kind. */
  variable(kind: Kind): Expression | undefined {
    const fitting = this.variables.filter(variable => variable.kind === kind)
    const candidates =
      fitting.length > 0 ? fitting : this.variables.filter(variable => variable.kind === undefined)
    return candidates.length === 0 ? undefined : text(this.random.pick(candidates).name)
  }

  /** A name that can be written without quotes. */
  name(): string {
    return this.random.pick(nameOrder)
  }

  /** Distinct names, at least one. */
  names(most: number): string[] {
    return this.random.shuffled(nameOrder).slice(0, 1 + this.random.below(most))
  }

  kind(): Kind {
    return this.random.pickWeighted(likelihood)
  }

  /** What `make` returns with the variables in scope. */
  within<T>(variables: readonly Variable[], make: () => T): T {
    const before = this.variables
    const hidden = new Set(variables.map(({ name }) => name))
    this.variables = [...before.filter(({ name }) => !hidden.has(name)), ...variables]
    const made = make()
    this.variables = before
    return made
  }

  /** What `make` returns without indented strings: a failed assertion tells of those by the pieces that Nix's parser cut them into. */
  onOneLine<T>(make: () => T): T {
    const before = this.indents
    this.indents = false
    const made = make()
    this.indents = before
    return made
  }

  /** A function of arguments of these kinds, mostly. */
  lambda(parameters: readonly (Kind | undefined)[], result: () => Expression): Expression {
    const [first, ...rest] = parameters
    if (parameters.length === 0) return result()
    const name = this.name()
    return this.within([{ name, kind: first }], () => code`${name}: ${this.lambda(rest, result)}`)
  }
}
