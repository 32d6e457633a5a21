// An element of a list that does not fit the option's type. The module system names it by its number, `tags."[definition 1-entry 2]"`,
// and elements are what `[ f x ]` has: a list calls nothing.

import type { TextRange } from "../../base/index.js"
import { propertyFunctions } from "../../modules/index.js"
import type { Expr } from "../../syntax/index.js"
import { namedCall } from "../texts/named-call.js"

interface ListElement {
  /** The option, and which of its definitions. */
  readonly list: string
  /** Its number, from 1 on. */
  readonly entry: number
  readonly isFunction: boolean
}

/** The element that a message complains about; undefined for any other message. */
export function listElement(message: string): ListElement | undefined {
  const [, list, entry] =
    /^A definition for option `(.+\."\[definition \d+)-entry (\d+)\]"' is not of type/.exec(message) ?? []
  if (list === undefined) return undefined
  return { list, entry: Number(entry), isFunction: /^- In `.+': <function/m.test(message) }
}

/** Whether an element is an argument of a function before it: then the mistake is that the function is not called. */
export function isArgument(message: string, others: readonly string[]): boolean {
  const own = listElement(message)
  return (
    own !== undefined &&
    others.some(other => {
      const found = listElement(other)
      return found?.isFunction === true && found.list === own.list && found.entry < own.entry
    })
  )
}

/** Where an element of a list is written, if the list is written as one. */
export function placeOfElement(value: Expr, entry: number): TextRange | undefined {
  if (value.kind === "list") return value.elements[entry - 1]
  if (value.kind === "paren") return placeOfElement(value.inner, entry)
  if (value.kind === "with") return placeOfElement(value.body, entry)
  const { name = "", args = [] } = namedCall(value) ?? {}
  const last = args.at(-1)
  const isProperty = propertyFunctions[name]?.args === args.length
  return last !== undefined && isProperty ? placeOfElement(last, entry) : undefined
}
