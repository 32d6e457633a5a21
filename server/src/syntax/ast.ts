// The one syntax tree of Nix: what both parsers produce and everything above reads.
//
// It keeps what was written (parentheses, `inherit`, dotted attrpaths as bindings) and cooks only what a string means
// (escapes, the stripped indentation of ''..''). Every node has the exact range of its text. `kind` is the discriminant.
// The same tree for the same text, whichever parser made it: test/syntax/parity.test.ts.

import type { TextRange } from "../base/index.js"

export type Expr =
  | Int
  | Float
  | Str
  | Path
  | SearchPath
  | Variable
  | Select
  | HasAttr
  | Apply
  | Lambda
  | Let
  | LegacyLet
  | With
  | Assert
  | If
  | Attrset
  | List
  | Unary
  | Binary
  | Paren
  | Missing

/** `text` holds decimal digits; the value may exceed 64 bits, which `validate` reports. */
export interface Int extends TextRange {
  readonly kind: "int"
  readonly text: string
}

export interface Float extends TextRange {
  readonly kind: "float"
  readonly text: string
}

/** `"a ${b}"`, `''a''` or a bare URI. Adjacent text is one part; an empty string has no parts. */
export interface Str extends TextRange {
  readonly kind: "string"
  readonly style: "quoted" | "indented" | "uri"
  readonly parts: readonly StrPart[]
}

export type StrPart = TextPart | InterpolationPart

/** Text after escapes and the removal of indentation. The range is that of its source. */
export interface TextPart extends TextRange {
  readonly kind: "text"
  readonly text: string
}

/** `${ expr }`, braces included in the range. */
export interface InterpolationPart extends TextRange {
  readonly kind: "interpolation"
  readonly expr: Expr
}

/** `./a`, `/a/${b}/c`, `~/a`: the first part is always text and keeps its `./`, `../`, `/` or `~/` as written. */
export interface Path extends TextRange {
  readonly kind: "path"
  readonly parts: readonly StrPart[]
}

/** `<nixpkgs/lib>`: `text` is without the brackets. */
export interface SearchPath extends TextRange {
  readonly kind: "searchPath"
  readonly text: string
}

/** Also `__curPos`, `true`, `null` and other names that only evaluation gives a meaning. */
export interface Variable extends TextRange {
  readonly kind: "variable"
  readonly name: string
}

/** `subject.path or fallback`. */
export interface Select extends TextRange {
  readonly kind: "select"
  readonly subject: Expr
  readonly path: readonly AttrName[]
  readonly fallback: Expr | undefined
}

/** `subject ? path`. */
export interface HasAttr extends TextRange {
  readonly kind: "hasAttr"
  readonly subject: Expr
  readonly path: readonly AttrName[]
}

/** One argument: `f a b` is `Apply(Apply(f, a), b)`. */
export interface Apply extends TextRange {
  readonly kind: "apply"
  readonly fn: Expr
  readonly arg: Expr
}

/** `param: body`, `{ formals }: body`, `param @ { formals }: body`. At least one of `param` and `formals` is there. */
export interface Lambda extends TextRange {
  readonly kind: "lambda"
  readonly param: Identifier | undefined
  readonly formals: Formals | undefined
  readonly body: Expr
}

export interface Formals extends TextRange {
  readonly formals: readonly Formal[]
  readonly ellipsis: boolean
}

export interface Formal extends TextRange {
  readonly name: Identifier
  readonly fallback: Expr | undefined
}

export interface Identifier extends TextRange {
  readonly name: string
}

export interface Let extends TextRange {
  readonly kind: "let"
  readonly bindings: readonly Binding[]
  readonly body: Expr
}

/** `let { .. }`, whose value is its attribute `body`. */
export interface LegacyLet extends TextRange {
  readonly kind: "legacyLet"
  readonly bindings: readonly Binding[]
}

export interface With extends TextRange {
  readonly kind: "with"
  readonly scope: Expr
  readonly body: Expr
}

export interface Assert extends TextRange {
  readonly kind: "assert"
  readonly condition: Expr
  readonly body: Expr
}

export interface If extends TextRange {
  readonly kind: "if"
  readonly condition: Expr
  readonly consequent: Expr
  readonly alternative: Expr
}

export interface Attrset extends TextRange {
  readonly kind: "attrset"
  readonly recursive: boolean
  readonly bindings: readonly Binding[]
}

export interface List extends TextRange {
  readonly kind: "list"
  readonly elements: readonly Expr[]
}

export interface Unary extends TextRange {
  readonly kind: "unary"
  readonly op: "-" | "!"
  readonly operand: Expr
}

export type BinaryOp =
  | "->"
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "//"
  | "+"
  | "-"
  | "*"
  | "/"
  | "++"
  | "|>"
  | "<|"

/** `opRange` is the operator itself: Nix reports errors of an operation there. */
export interface Binary extends TextRange {
  readonly kind: "binary"
  readonly op: BinaryOp
  readonly opRange: TextRange
  readonly left: Expr
  readonly right: Expr
}

export interface Paren extends TextRange {
  readonly kind: "paren"
  readonly inner: Expr
}

/** Where an expression was wanted and none was found; a problem says so. Empty range at the place. */
export interface Missing extends TextRange {
  readonly kind: "missing"
}

export type Binding = AttrBinding | InheritBinding

/** `a.b.c = value;`, the semicolon included in the range. */
export interface AttrBinding extends TextRange {
  readonly kind: "binding"
  readonly path: readonly AttrName[]
  readonly value: Expr
}

/** `inherit a b;` or `inherit (from) a b;`. */
export interface InheritBinding extends TextRange {
  readonly kind: "inherit"
  readonly from: Expr | undefined
  readonly names: readonly AttrName[]
}

export type AttrName = StaticName | DynamicName

/** `a` or `"a"` (a string without interpolation): `name` is the cooked name, `quoted` says how it was written. */
export interface StaticName extends TextRange {
  readonly kind: "static"
  readonly name: string
  readonly quoted: boolean
}

/** `${e}` or `"a${e}"`: `expr` is the inner expression of the former, the string of the latter. */
export interface DynamicName extends TextRange {
  readonly kind: "dynamic"
  readonly expr: Expr
}
