// What Nix says of a text that it refuses: its first complaint, in its words and at its place.
//
// An editor wants all problems of a text, each where a person would mend it, and gets them from `parse` and `validate`.
// An evaluation ends at the first one, and whoever compares its message with Nix's should find no difference. So the text is
// read again as Nix reads it: its tokens, through the states of its grammar. What Nix checks while it builds the tree
// (names defined twice) comes before a syntax error that is further on.

import type { Expr } from "../ast.js"
import { type Mistake, validate } from "../validate.js"
import { buildAutomaton, type State } from "./lalr.js"
import { type NixGrammar, nixGrammar, terminalNames } from "./nix-grammar.js"
import { type NixToken, NixTokens } from "./nix-tokens.js"

export interface Complaint {
  readonly message: string
  readonly start: number
}

/** More expected tokens than these are not listed. */
const LISTED = 4
const END = 0

/**
 * The first complaint of Nix about `text`; undefined if it would take it.
 * @param text as bytes
 * @param tree what `parse` made of it
 * @param file what messages call the text
 */
export function firstComplaint(text: string, tree: Expr, file: string): Complaint | undefined {
  const understood = new Set<number>()
  const syntax = syntaxComplaint(text, start => understood.add(start))
  const [first] = validate(tree, text)
    .filter(
      ({ code, within }) => code !== "invalid-number" && (within === undefined || understood.has(within)),
    )
    .sort((a, b) => a.noticed - b.noticed)
  if (first === undefined || (syntax !== undefined && syntax.start < first.noticed)) return syntax
  return { message: messageOf(first, file), start: first.place }
}

/** Nix names the file also of the earlier definition. */
function messageOf({ message, code }: Mistake, file: string): string {
  return code === "duplicate-attribute" ? message.replace(/ at (\d+:\d+)$/, ` at ${file}:$1`) : message
}

/** @param onFunction told where every function, `let` and the like begins that was read to its end */
function syntaxComplaint(text: string, onFunction: (start: number) => void): Complaint | undefined {
  const { states, grammar, functions } = (automaton ??= makeAutomaton())
  const tokens = new NixTokens(text)
  const stack = [0]
  const starts = [0]
  for (let token = tokens.next(); ; token = tokens.next()) {
    if (!("terminal" in token)) return token
    for (;;) {
      const state = states[stack[stack.length - 1]]
      const action = actionAt(state, token.terminal)
      if (action === undefined) return unexpected(state, token)
      if (action >= 0) {
        stack.push(action)
        starts.push(token.start)
        break
      }
      if (~action === 0) return undefined
      const { left, right } = grammar.rules[~action]
      const kept = stack.length - right.length
      const start = starts[kept] ?? token.start
      stack.length = starts.length = kept
      stack.push(states[stack[kept - 1]].gotos.get(left) ?? 0)
      starts.push(start)
      if (left === functions) onFunction(start)
    }
  }
}

/** What to do at a token; undefined where it is wrong. */
function actionAt({ actions, refused, fallback }: State, terminal: number): number | undefined {
  const known = actions.get(terminal)
  if (known !== undefined || fallback === undefined || refused.has(terminal)) return known
  return ~fallback
}

function unexpected({ actions }: State, { terminal, start, end }: NixToken): Complaint {
  const expected = [...actions.keys()].sort((a, b) => a - b).map(number => terminalNames[number])
  const listed =
    expected.length > 0 && expected.length <= LISTED ? `, expecting ${expected.join(" or ")}` : ""
  const message = `syntax error, unexpected ${terminalNames[terminal]}${listed}`
  return { message, start: terminal === END ? end : start }
}

interface Automaton extends NixGrammar {
  readonly states: readonly State[]
}

let automaton: Automaton | undefined

function makeAutomaton(): Automaton {
  const nix = nixGrammar()
  return { ...nix, states: buildAutomaton(nix.grammar) }
}
