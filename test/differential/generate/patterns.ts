// Regular expressions and what they are matched against, made of few letters so that they meet: alternatives that overlap,
// groups within groups, repetitions of what may be empty. Which of several matches counts is where engines differ.

import { type Expression, text } from "../expression.js"
import type { Random } from "../random.js"
import type { Generator } from "./generator.js"

const atoms = ["a", "b", "ab", ".", "[ab]", "[^a]", "[a-c]", "[[:alpha:]]", "x", "c", "\\\\."]
const repetitions = ["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}"]

function pattern(random: Random, depth: number): string {
  const pieces = random.some(1, 3, () => piece(random, depth))
  const made = pieces.join("")
  return random.chance(0.3) ? `${made}|${random.some(0, 2, () => piece(random, depth)).join("")}` : made
}

function piece(random: Random, depth: number): string {
  const isGroup = depth > 0 && random.chance(0.45)
  const atom = isGroup ? `(${pattern(random, depth - 1)})` : random.pick(atoms)
  if (!isGroup && atom.length === 2 && atom !== "\\\\.") return atom
  return random.chance(0.4) ? atom + random.pick(repetitions) : atom
}

/** Mostly one that can be matched within reason: repetitions within repetitions take a backtracking engine for ever. */
export function randomPattern(g: Generator): Expression {
  const anchor = g.random.chance(0.1)
  return text(`"${anchor ? "^" : ""}${pattern(g.random, 2)}${anchor ? "$" : ""}"`)
}

export function randomSubject(g: Generator): Expression {
  return text(`"${g.random.some(0, 8, () => g.random.pick(["a", "b", "c", "x", "ab", "."])).join("")}"`)
}
