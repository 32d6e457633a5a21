// The grammar of Nix as its own parser generator is given it, for one purpose: to say of a wrong text what Nix says of it.
//
// Which tokens a message lists as expected follows from the states that Bison makes of exactly these rules, in this order;
// our parsers (parser/, grammars/) are written for speed and for recovery, and know no such states. The order of the
// terminals is the order in which messages list them.

import type { Grammar, Level } from "./lalr.js"

/** Terminals: the name that rules use, and the one in messages where it differs. */
const named: readonly (readonly [string, string?])[] = [
  ["END", "end of file"],
  ["ERROR"],
  ["STRANGE", "invalid token"],
  ["ID", "identifier"],
  ["STR", "string"],
  ["IND_STR", "indented string"],
  ["INT", "integer"],
  ["FLOAT", "floating-point literal"],
  ["PATH", "path"],
  // Bytes, as all text of the evaluator.
  ["HPATH", "'~/\xe2\x80\xa6' path"],
  ["SPATH", "'<\xe2\x80\xa6>' path"],
  ["PATH_END", "end of path"],
  ["URI"],
  ...words("if then else assert with let in rec inherit"),
  ...words("== != <= >= // ++ && || -> or <| |> ${"),
  ["IND_OPEN", "start of an indented string"],
  ["IND_CLOSE", "end of an indented string"],
  ...words("..."),
  ["REPL", "start of REPL bindings"],
  ...words("< > + - * / ? : @ ; ! ."),
  ...words('" ( ) { } [ ] = ,'),
]

function words(text: string): (readonly [string, string])[] {
  return text.split(" ").map(word => [word, `'${word}'`] as const)
}

export const terminals: readonly string[] = named.map(([name]) => name)

/** What messages call a terminal. */
export const terminalNames: readonly string[] = named.map(([name, shown]) => shown ?? name)

/** From loose to tight: `left`, `right` or `none`, and the operators of the level. */
const precedences: readonly (readonly ["left" | "right" | "none", ...string[]])[] = [
  ["right", "->"],
  ["left", "||"],
  ["left", "&&"],
  ["none", "==", "!="],
  ["none", "<", ">", "<=", ">="],
  ["right", "//"],
  ["left", "NOT"],
  ["left", "+", "-"],
  ["left", "*", "/"],
  ["right", "++"],
  ["none", "?"],
  ["none", "NEGATE"],
]

/** One rule a line, `name = symbols`; behind `%` the level that it takes instead of that of its last operator. */
const rules = `
start = expr
start = REPL binds1
expr = function
function = ID : function
function = formalset : function
function = formalset @ ID : function
function = ID @ formalset : function
function = assert expr ; function
function = with expr ; function
function = let binds in function
function = conditional
conditional = if expr then expr else expr
conditional = pipefrom
conditional = pipeinto
conditional = operation
pipefrom = operation <| pipefrom
pipefrom = operation <| operation
pipeinto = pipeinto |> operation
pipeinto = operation |> operation
operation = ! operation %NOT
operation = - operation %NEGATE
${["==", "!=", "<", "<=", ">", ">=", "&&", "||", "->", "//"].map(infix).join("\n")}
operation = operation ? attrpath
${["+", "-", "*", "/", "++"].map(infix).join("\n")}
operation = application
application = application selection
application = selection
selection = operand . attrpath
selection = operand . attrpath or selection
selection = operand or
selection = operand
operand = ID
operand = INT
operand = FLOAT
operand = " text "
operand = IND_OPEN indented IND_CLOSE
operand = pathstart PATH_END
operand = pathstart interpolated PATH_END
operand = SPATH
operand = URI
operand = ( expr )
operand = let { binds }
operand = rec { binds }
operand = { binds1 }
operand = { }
operand = [ list ]
text = STR
text = interpolated
text =
interpolated = interpolated STR
interpolated = interpolated \${ expr }
interpolated = \${ expr }
interpolated = STR \${ expr }
pathstart = PATH
pathstart = HPATH
indented = indented IND_STR
indented = indented \${ expr }
indented =
binds = binds1
binds =
binds1 = binds1 attrpath = expr ;
binds1 = binds inherit names ;
binds1 = binds inherit ( expr ) names ;
binds1 = attrpath = expr ;
names = names name
names = names textname
names =
attrpath = attrpath . name
attrpath = attrpath . textname
attrpath = name
attrpath = textname
name = ID
name = or
textname = " text "
textname = \${ expr }
list = list selection
list =
formalset = { formals , ... }
formalset = { ... }
formalset = { formals , }
formalset = { formals }
formalset = { }
formals = formals , formal
formals = formal
formal = ID
formal = ID ? expr
`

function infix(operator: string): string {
  return `operation = operation ${operator} operation`
}

export interface NixGrammar {
  readonly grammar: Grammar
  /** The symbol of functions, `let`, `with` and `assert`. */
  readonly functions: number
}

/** The grammar with numbers for its symbols: those of terminals are their places in `terminals`. */
export function nixGrammar(): NixGrammar {
  const numbers = new Map(terminals.map((name, number) => [name, number]))
  const numberOf = (name: string): number => {
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    return number
  }
  const byName = levelsByName()
  const lines = ["accept = start END", ...rules.trim().split("\n")]
  const levels = new Map(
    [...byName].flatMap(([name, level]) =>
      terminals.includes(name) ? [[numberOf(name), level] as const] : [],
    ),
  )
  const read = lines.map(line => {
    const [left, , ...symbols] = line.split(" ").filter(word => word !== "")
    const names = symbols.filter(word => !word.startsWith("%"))
    const named = symbols.find(word => word.startsWith("%"))?.slice(1)
    const operator = named ?? names.findLast(word => terminals.includes(word))
    return {
      left: numberOf(left),
      right: names.map(numberOf),
      level: operator === undefined ? undefined : byName.get(operator),
    }
  })
  const grammar = { rules: read, terminals: terminals.length, levels }
  return { grammar, functions: numberOf("function") }
}

function levelsByName(): Map<string, Level> {
  return new Map(
    precedences.flatMap(([associativity, ...names], power) =>
      names.map(name => [name, { power, associativity }] as const),
    ),
  )
}
