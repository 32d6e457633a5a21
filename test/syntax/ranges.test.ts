// Every node's range is exactly its text: it begins with its first token, ends with its last one, and holds its children
// in order. Checked on text that uses every kind of node, with trivia in every gap.

import assert from "node:assert/strict"
import { type Expr, parse, pushChildren } from "../../server/src/syntax/index.js"

function nodes(tree: Expr): Expr[] {
  const all: Expr[] = []
  const waiting = [tree]
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    all.push(expr)
    pushChildren(expr, waiting)
  }
  return all
}

const everything = `
# before
{ lib , config ? { } , ... } @ args :
let
  a = 1 ; inherit ( lib ) b "c" ; d.e."f".\${ "g" } = 1.5 ;
  legacy = let { body = null ; } ;
in
with lib ; assert a == 1 -> ! b ;
rec {
  text = "x\${ a }y" + ''
    z \${ b }
  '' ;
  paths = [ ./p /q/\${ a }/r <s/t> http://u.v ( w ) ] ;
  choice = if a . x or b then - 1 else config ? y.z ;
  call = f  x  y // { } ;
  fn = x : y @ { z , } : x ;
}
# after
`

describe("ranges", () => {
  it("every node begins and ends with a token of its own", () => {
    for (const { kind, start, end } of nodes(parse(everything).tree)) {
      const text = everything.slice(start, end)
      assert.equal(text, text.trim(), kind)
      assert.ok(text !== "" && !text.startsWith("#") && !text.endsWith("*/"), `${kind}: ${text}`)
    }
  })

  it("the text of a node alone gives the same node", () => {
    for (const node of nodes(parse(everything).tree)) {
      const alone = parse(everything.slice(node.start, node.end))
      assert.deepEqual(alone.problems, [], node.kind)
      assert.equal(alone.tree.kind, node.kind)
      assert.deepEqual([alone.tree.start, alone.tree.end], [0, node.end - node.start])
    }
  })

  it("children lie inside their parent, one after the other", () => {
    for (const parent of nodes(parse(everything).tree)) {
      const children: Expr[] = []
      pushChildren(parent, children)
      let from = parent.start
      for (const child of children) {
        assert.ok(from <= child.start && child.end <= parent.end, `${child.kind} in ${parent.kind}`)
        from = child.end
      }
    }
  })

  it("an expression that is missing has its place behind the last token", () => {
    const { tree } = parse("{ a =   ; }")
    assert.ok(tree.kind === "attrset" && tree.bindings[0].kind === "binding")
    assert.deepEqual(tree.bindings[0].value, { kind: "missing", start: 5, end: 5 })
  })
})
