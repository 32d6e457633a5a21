// From a tree-sitter tree to the AST that our parser makes, so that a test can compare what the two say of a text.
//
// The tree lives in WebAssembly memory and every question to it is a call, so one cursor walks it once and asks each node
// three things (kind, start, end). The walk is a loop, not a recursion: how deep a document nests is its author's affair.
// A node is lowered when it is left, from its children, which are lowered by then.
//
// Only trees of valid text are lowered. tree-sitter repairs the rest by cost (it deletes and inserts tokens until the
// grammar fits), while the hand-written parser knows what a person was about to type. So broken text is its business.

import type { Language, Tree, TreeCursor } from "web-tree-sitter"
import type { Expr } from "../../server/src/syntax/index.js"
import { isExpr, LEAVES, type Leaf, type Node, RULES, type Rule, TOKENS, token } from "./rules.js"

/** The AST of `text`, of which `tree` is the current tree-sitter tree; undefined where the text is not Nix. Never throws. */
export function lower(tree: Tree, text: string): Expr | undefined {
  if (tree.rootNode.hasError) return undefined
  const cursor = tree.walk()
  try {
    return walk(cursor, text, planFor(tree.language))
  } finally {
    cursor.delete()
  }
}

/** What to do with a node, by tree-sitter's number for its kind; kinds with neither say nothing (quotes, comments). */
interface Plan {
  readonly rules: readonly (Rule | undefined)[]
  readonly leaves: readonly (Leaf | undefined)[]
}

const plans = new WeakMap<Language, Plan>()

function planFor(language: Language): Plan {
  const known = plans.get(language)
  if (known !== undefined) return known
  // The keyword `let` and the node `let` have one name; only the node is "named".
  const named = language.types.map((_, id) => language.nodeTypeIsNamed(id))
  const plan: Plan = {
    rules: language.types.map((name, id) => (named[id] ? RULES[name] : undefined)),
    leaves: language.types.map((name, id) =>
      named[id] ? LEAVES[name] : TOKENS.has(name) ? token : undefined,
    ),
  }
  plans.set(language, plan)
  return plan
}

/** A node that was entered and not yet left. */
interface Open extends Node {
  readonly rule: Rule
}

function walk(cursor: TreeCursor, text: string, plan: Plan): Expr | undefined {
  const open: Open[] = []
  for (;;) {
    const rule = enter(cursor, open, text, plan)
    if (rule !== undefined && cursor.gotoFirstChild()) continue
    while (!cursor.gotoNextSibling()) {
      const node = open.pop()
      if (node === undefined || !cursor.gotoParent()) return undefined
      const lowered = node.rule(node, text)
      if (lowered === undefined) return undefined
      const parent = open.at(-1)
      if (parent === undefined) return isExpr(lowered) ? lowered : undefined
      parent.children.push(lowered)
    }
  }
}

/** Opens the node under the cursor if a rule lowers it, which is returned; otherwise hands it to the node around it. */
function enter(cursor: TreeCursor, open: Open[], text: string, plan: Plan): Rule | undefined {
  const kind = cursor.nodeTypeId
  const rule = plan.rules[kind]
  const leaf = plan.leaves[kind]
  if (rule === undefined && leaf === undefined) return undefined
  const start = cursor.startIndex
  const end = cursor.endIndex
  if (rule !== undefined) open.push({ rule, start, end, children: [] })
  else open.at(-1)?.children.push(leaf!(text.slice(start, end), { start, end }))
  return rule
}
