// The opcodes, and where the operands of a node are in the program memory (code.ts), which `run` reads.

/** Operands of each opcode are listed after (opcode, span). `*` repeats the group in parentheses. */
export enum Op {
  /** slot of the value */
  Const,
  /** number of the global */
  Global,
  /** slot of the innermost frame */
  Local0,
  /** slot of the frame around it */
  Local1,
  /** slot of the second frame out */
  Local2,
  /** depth, slot */
  Local,
  /** symbol, count, (depth of a `with` frame, innermost first)* */
  WithName,
  /** subject, fallback or 0, count, (symbol or ~pc of a dynamic name, learned shape, learned place, span)* */
  Select,
  /** subject, count, (symbol or ~pc, span)* */
  HasAttr,
  /** function, count, (argument)* */
  Apply,
  /** symbol it is bound to or -1, parameters, size of the frame, body, (symbol of parameter)* */
  Lambda,
  /** symbol it is bound to or -1, slot of the whole argument or 0, size of the frame, body, ellipsis, count, symbol of the whole argument, (symbol, default or 0, span)* */
  FormalsLambda,
  /** first slot or 0 for a frame of its own, count, body, (value)* */
  Let,
  /** `{ }` */
  EmptyAttrs,
  /** learned shape, count, dynamic count, (value)*, (symbol, span)*, (name, value, span)* */
  Attrs,
  /** As Attrs, for the result of a module evaluation, which is reported. */
  ConfigurationAttrs,
  /** body, slot of the whole argument: the body of nixpkgs' outermost function */
  PackageSet,
  /** count of `inherit (from)` expressions, attrs in the frame that holds them, (from)* */
  WithFroms,
  /** learned shape, count, froms, dynamic count, slot of __overrides or -1, (value)*, (from)*, (symbol, span)*, (name, value, span)* */
  RecAttrs,
  /** count, (element)* */
  List,
  /** scope, body */
  With,
  /** condition, body, constant that holds the text of the condition */
  Assert,
  /** condition, consequent, alternative */
  If,
  /** count, (part)* */
  Interpolate,
  /** count, (part)*: the first part is the constant path */
  InterpolatePath,
  /** text constant: what comes after ~ */
  HomePath,
  /** constant that holds a message, 1 for an undefined variable or 0 for a syntax error: fails when it is run */
  Raise,
  /** the span itself is the value */
  CurPos,
  Not,
  Negate,
  And,
  Or,
  Implies,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  Update,
  Concat,
  /** A call that the evaluator itself put off: the frame holds the function and its argument, and is none of variables. */
  CallOne,
  /** As CallOne, with two arguments. */
  CallTwo,
  /** The frame holds one JavaScript function that gives the value. */
  CallNative,
}

/** Where in a `Lambda` the names of its parameters begin; where each of its functions begins follows. */
export const LAMBDA_PARAMETERS = 6
/** Where in a `FormalsLambda` its parameters begin, and how many integers each takes. */
export const FORMALS = 9
export const FORMAL_SIZE = 3

/** Names of a `Select` take so many integers each. */
export const SELECT_SIZE = 4
