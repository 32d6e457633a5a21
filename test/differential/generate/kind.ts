// What an expression may evaluate to, as far as the generator tells it apart: a derivation is a set that makes one.

export const kinds = [
  "int",
  "float",
  "bool",
  "null",
  "string",
  "path",
  "list",
  "attrs",
  "function",
  "derivation",
] as const

export type Kind = (typeof kinds)[number]
