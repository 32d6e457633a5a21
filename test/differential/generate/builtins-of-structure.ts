// Calls of builtins on lists, sets and functions, and those that ask what a value is.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Generator, Make } from "./generator.js"
import { smallInteger } from "./literals.js"
import {
  anyKind,
  builtin,
  functionOf,
  listFrom,
  ofKind,
  oneOf,
  type Signature,
  stringOf,
} from "./signature.js"

const transform = functionOf([undefined], "any")
const predicate = functionOf([undefined], "bool")
const attributeName = stringOf("a", "b", "c", "x", "foo", "name", "value", "", "é")
const names = listFrom(attributeName)
const strings = listFrom(ofKind("string"))

/** An order that sorts, or one that is none at all. */
const order: Make = g =>
  g.random.chance(0.6)
    ? text(g.random.pick(["builtins.lessThan", "a: b: a < b", "a: b: b < a"]))
    : functionOf([undefined, undefined], "bool")(g)

const sortable: Make = g => {
  const kind = g.random.pick(["int", "float", "string", "path", "list"] as const)
  return listFrom(() => g.of(kind), 8)(g)
}

const pairs = listFrom(g => {
  const name = attributeName(g)
  return g.random.chance(0.95)
    ? atom`{ name = ${name}; value = ${g.any()}; }`
    : atom`{ ${g.random.pick(["name", "value"])} = ${name}; }`
})

/** A closure that ends: each element leads to at most a few greater ones. */
function closure(g: Generator): Expression {
  const start = listFrom(() => atom`{ key = ${g.random.chance(0.9) ? smallInteger(g) : g.any()}; }`, 3)(g)
  const steps = g.random.some(1, 2, () => piece`{ key = e.key + ${String(1 + g.random.below(3))}; } `)
  const limit = String(5 + g.random.below(9))
  return atom`{ startSet = ${start}; operator = e: if e.key < ${limit} then [ ${steps}] else ${g.random.chance(0.9) ? text("[ ]") : g.any()}; }`
}

function fold(g: Generator): Expression {
  const kind = g.kind()
  const step = functionOf([kind, undefined], kind)(g)
  return code`builtins.foldl' ${step} ${g.of(kind)} ${g.of("list")}`
}

export const foldForm: Make = fold

export const structureBuiltins: readonly Signature[] = [
  builtin("length", ["list"], "int"),
  builtin("head", ["list"], "any"),
  builtin("tail", ["list"], "list"),
  builtin("elemAt", ["list", smallInteger], "any"),
  builtin("elem", ["any", "list"], "bool"),
  builtin("all", [predicate, "list"], "bool"),
  builtin("any", [predicate, "list"], "bool"),
  builtin("filter", [predicate, "list"], "list", 2),
  builtin("map", [transform, "list"], "list", 2),
  builtin("concatLists", [listFrom(ofKind("list"))], "list"),
  builtin("concatMap", [functionOf([undefined], "list"), "list"], "list"),
  builtin("genList", [functionOf(["int"], "any"), oneOf("0", "1", "3", "7", "-1")], "list"),
  builtin("partition", [predicate, "list"], "attrs"),
  builtin("groupBy", [functionOf([undefined], "string"), "list"], "attrs"),
  builtin("sort", [order, sortable], "list", 2.5),
  builtin("genericClosure", [closure], "list", 1.5),
  builtin("attrNames", ["attrs"], "list"),
  builtin("attrValues", ["attrs"], "list"),
  builtin("catAttrs", [attributeName, listFrom(ofKind("attrs"))], "list"),
  builtin("getAttr", [attributeName, "attrs"], "any"),
  builtin("hasAttr", [attributeName, "attrs"], "bool"),
  builtin("removeAttrs", ["attrs", names], "attrs"),
  builtin("removeAttrs", ["attrs", oneOf("[ ]")], "attrs", 0.3),
  builtin("intersectAttrs", ["attrs", "attrs"], "attrs"),
  builtin("listToAttrs", [pairs], "attrs", 2),
  builtin("mapAttrs", [functionOf(["string", undefined], "any"), "attrs"], "attrs", 2),
  builtin("zipAttrsWith", [functionOf(["string", "list"], "any"), listFrom(ofKind("attrs"))], "attrs", 2),
  builtin("functionArgs", ["function"], "attrs"),
  builtin("functionArgs", [oneOf("{ a, b ? 1 }: a", "{ ... }: 1", "x: x", "{ }: 1", "map")], "attrs", 0.5),
  builtin("unsafeGetAttrPos", [attributeName, "attrs"], "any", 0.7),
  builtin("typeOf", [anyKind], "string"),
  ...["isAttrs", "isBool", "isFloat", "isFunction", "isInt", "isList", "isNull", "isPath", "isString"].map(
    name => builtin(name, [anyKind], "bool", 0.3),
  ),
  builtin("tryEval", ["any"], "attrs"),
  builtin("concatStringsSep", ["string", strings], "string"),
]
