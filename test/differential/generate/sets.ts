// Sets: plain, recursive, with paths of attributes, dynamic names, `inherit`; and what takes them apart.

import { atom, code, type Expression, type Part, type Piece, piece } from "../expression.js"
import type { Generator } from "./generator.js"
import type { Kind } from "./kind.js"
import { nameOrder } from "./names.js"

const oddNames = ['"a b"', '""', '"1x"', '"if"', '"é"', '"a.b"', '"\\""', '"${"a"}"', "or"]

/** One name as it is written in a set or behind a dot. */
function writtenName(g: Generator): Part {
  if (g.random.chance(0.05)) return piece`\${${g.of(g.random.chance(0.8) ? "string" : "null")}}`
  return g.random.chance(0.06) ? g.random.pick(oddNames) : g.name()
}

export function attributePath(g: Generator): Piece {
  const rest = g.random.some(0, 2, () => writtenName(g))
  return piece`${writtenName(g)}${rest.flatMap(name => [".", name])}`
}

/** Bindings with distinct first names, so that Nix takes them; merging ones come from `mergingSet`. */
export function set(g: Generator): Expression {
  const bindings = g.names(4).map(name => binding(g, name))
  if (g.random.chance(0.2)) bindings.push(oddBinding(g))
  return atom`{ ${bindings} }`
}

function binding(g: Generator, name: string): Piece {
  const path = g.random.chance(0.15) ? `${name}.${g.name()}` : name
  return piece`${path} = ${g.any()}; `
}

function oddBinding(g: Generator): Piece {
  const source = g.variable(g.kind())
  if (source !== undefined && g.random.chance(0.4)) return piece`inherit ${source}; `
  if (g.random.chance(0.3)) return piece`inherit (${g.of("attrs")}) ${g.name()}; `
  return piece`${writtenName(g)} = ${g.any()}; `
}

/** Bindings that see each other. */
export function recursiveSet(g: Generator): Expression {
  const names = g.names(4).map(name => ({ name, kind: g.kind() }))
  const bindings = recursiveBindings(g, names)
  if (g.random.chance(0.05)) bindings.push(piece`__overrides = ${g.of("attrs")}; `)
  return atom`rec { ${bindings} }`
}

interface Named {
  readonly name: string
  readonly kind: Kind
}

/**
 * Each sees those made before it; now and then it sees itself and all others, and may never end. They are written in the
 * order of names (see `nameOrder`): which of `a = b` and `b = [ ]` Nix makes first shows in what it prints as repeated.
 */
export function recursiveBindings(g: Generator, names: readonly Named[]): Piece[] {
  return names
    .map(({ name, kind }, i) => {
      const seen = g.random.chance(0.05) ? names : names.slice(0, i)
      return { name, binding: g.within(seen, () => piece`${name} = ${g.of(kind)}; `) }
    })
    .sort((a, b) => nameOrder.indexOf(a.name) - nameOrder.indexOf(b.name))
    .map(({ binding }) => binding)
}

/** The same set in several bindings, which Nix merges. */
export function mergingSet(g: Generator): Expression {
  const [outer, ...inner] = g.names(4)
  const parts = inner.map(name =>
    g.random.chance(0.5)
      ? piece`${outer}.${name} = ${g.any()}; `
      : piece`${outer} = { ${name} = ${g.any()}; }; `,
  )
  return atom`{ ${parts} ${outer}.__x = ${g.any()}; }`
}

/** A set with a special attribute that some other part of the language looks at. */
export function specialSet(g: Generator): Expression {
  switch (g.random.below(5)) {
    case 0:
      return atom`{ __toString = self: ${g.of("string")}; a = ${g.any()}; }`
    case 1:
      return atom`{ outPath = ${g.of(g.random.chance(0.5) ? "string" : "path")}; }`
    case 2:
      return atom`{ __functor = self: x: ${g.any()}; a = ${g.any()}; }`
    case 3:
      return atom`{ type = "derivation"; ${g.names(3).map(name => binding(g, name === "type" ? "a" : name))} }`
    default:
      return atom`{ name = ${g.of("string")}; value = ${g.any()}; }`
  }
}

/** A set that has an attribute of the kind, and that attribute: `({ .. }).a`. */
export function selection(g: Generator, kind: Kind): Expression {
  const [name, ...others] = g.names(3)
  const bindings = others.map(other => binding(g, other))
  const owner = g.random.chance(0.3) ? "rec " : ""
  const value = g.random.chance(0.2)
    ? code`${g.of("attrs")}.${attributePath(g)} or ${g.of(kind)}`
    : g.of(kind)
  return atom`${owner}{ ${name} = ${value}; ${bindings} }.${name}`
}

/** A path of attributes that is probably not there, with or without something instead. */
export function doubtfulSelection(g: Generator, kind: Kind): Expression {
  const selected = code`${g.of("attrs")}.${attributePath(g)}`
  return g.random.chance(0.9) ? code`${selected.parts} or ${g.of(kind)}` : selected
}

export function list(g: Generator): Expression {
  return listOf(g, g.random.chance(0.5) ? () => g.any() : homogeneous(g))
}

function homogeneous(g: Generator): () => Expression {
  const kind = g.kind()
  return () => g.of(kind)
}

/** `[ .. ]` of what `element` makes. */
export function listOf(g: Generator, element: () => Expression, most = 4): Expression {
  return atom`[ ${g.random.some(0, most, () => piece`${element()} `)}]`
}
