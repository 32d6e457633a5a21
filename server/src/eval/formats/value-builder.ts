// Makes values of what a parser of a data format reads; a number with a point is a float even where it is whole.

import { attrsOf, NixFloat, type Value } from "../values/value.js"
import type { DataBuilder } from "./data-builder.js"

export const valueBuilder: DataBuilder<Value> = {
  null: () => null,
  bool: value => value,
  int: value => value,
  float: value => new NixFloat(value),
  string: text => text,
  list: elements => elements,
  attrs: members => attrsOf(members),
}
