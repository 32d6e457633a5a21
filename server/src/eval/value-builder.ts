// Makes values of what a parser of a data format reads; a number with a point is a float even where it is whole.

import type { DataBuilder } from "./data-builder.js"
import { attrsOf, NixFloat, type Value } from "./value.js"

export const valueBuilder: DataBuilder<Value> = {
  null: () => null,
  bool: value => value,
  int: value => value,
  float: value => new NixFloat(value),
  string: text => text,
  list: elements => elements,
  attrs: members => attrsOf(members),
}
