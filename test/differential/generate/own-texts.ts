// Sets that say their own text, several of them in one text or path, and functions that have had some of their arguments, in
// texts that are made of values: what goes wrong in one of many parts must be told of that part.

import { atom, code, type Expression, piece } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"
import { coercible } from "./strings.js"

/** A set with a text of its own, made by a function of any sort, and now and then by no function. */
function ownText(g: Generator): Expression {
  const say = g.random.pick([
    () => code`self: ${g.of("string")}`,
    () => code`self: ${coercible(g)}`,
    () => code`self: self.${g.name()}`,
    () => code`(x: self: ${g.of("string")}) ${g.any()}`,
    () => atom`{ __functor = a: self: ${g.of("string")}; }`,
    () => code`self: { __toString = self: ${g.of("string")}; }`,
    () => g.of("function"),
    () => g.any(),
  ])()
  const beside = g.random.chance(0.3) ? piece`outPath = ${g.any()}; ` : piece`${g.name()} = ${g.any()}; `
  return atom`{ __toString = ${say}; ${beside}}`
}

function textOfOwnTexts(g: Generator): Expression {
  const part = () =>
    g.random.pick([
      () => piece`\${${ownText(g)}}`,
      () => piece`\${s}`,
      () => piece`\${${coercible(g)}}`,
      () => piece` - `,
    ])()
  const made = g.random.pick([
    () => atom`"${g.random.some(2, 4, part)}"`,
    () => atom`''${g.random.some(2, 4, part)}''`,
    () => code`"x" + s + ${coercible(g)}`,
    () => code`toString [ s ${ownText(g)} ]`,
    () => code`builtins.concatStringsSep s [ s ${ownText(g)} ]`,
    () => code`builtins.toJSON [ s { a = s; } ]`,
    () => code`toString (./world + "/x" + s)`,
    () => atom`(toString ./world/\${s}/b-\${${coercible(g)}})`,
  ])()
  return code`let s = ${ownText(g)}; in ${made}`
}

/** A function of several arguments that has had the first of them. */
export function partOfCall(g: Generator): Expression {
  return g.random.pick([
    () => code`(x: y: ${g.any()}) ${g.any()}`,
    () => code`(x: y: z: ${g.any()}) ${g.any()} ${g.any()}`,
    () => code`(x: { a, b ? x }: ${g.any()}) ${g.any()}`,
    () => code`({ a }: x: ${g.any()}) { a = ${g.any()}; }`,
    () => code`builtins.add ${g.any()}`,
    () => code`{ __functor = self: x: y: ${g.any()}; } ${g.any()}`,
  ])()
}

const readers = [
  "builtins.toJSON",
  "builtins.toXML",
  "toString",
  '(x: "${x}")',
  "builtins.attrNames",
  "builtins.deepSeq 1",
]

/** What cannot be written, at some depth in what can. */
function textOfFunctions(g: Generator): Expression {
  const fn = partOfCall(g)
  const held = g.random.pick([
    () => fn,
    () => atom`[ ${fn} ]`,
    () => atom`{ a = 1; "b c" = [ ${fn} ]; }`,
    () => atom`{ outPath = ${fn}; }`,
    () => atom`{ __toString = ${fn}; }`,
  ])()
  return code`${g.random.pick(readers)} ${held}`
}

const brokenBytes = [
  '(builtins.substring 0 1 "é")',
  '(builtins.substring 1 1 "é")',
  "(builtins.readFile ./world/bytes)",
]

/** Texts that are no UTF-8, as values and as names, beside what may fail before anybody writes them. */
function brokenText(g: Generator): Expression {
  const bytes = () => g.random.pick(brokenBytes)
  const held = g.random.pick([
    () => atom`[ ${bytes()} ${g.any()} ]`,
    () => atom`{ a = ${bytes()}; b = ${g.any()}; \${${bytes()}} = 1; }`,
    () => atom`{ \${${bytes()}} = ${g.any()}; }`,
  ])()
  return code`${g.random.pick(["builtins.toJSON", "builtins.toXML", "builtins.attrNames"])} ${held}`
}

export const ownTexts: readonly Weighted<Make>[] = [
  { weight: 2, item: textOfOwnTexts },
  { weight: 0.7, item: textOfFunctions },
  { weight: 0.3, item: brokenText },
]
