// What a trace says when an argument of a builtin has the wrong type, or fails while the builtin reads it.
//
// Nix passes these words to each of its readers. Our readers do not know them: only after a failure, the argument that failed is
// found, and its words in this table. People read these words, so they are Nix's own, oddities included.

/** How a builtin reads an argument. `text` and `path` are made of values of several kinds; an `operand` is a number, or has its words only where an integer is wanted. */
export type Reading =
  | "set"
  | "list"
  | "function"
  | "string"
  | "integer"
  | "number"
  | "operand"
  | "integerOperand"
  | "text"
  | "path"
  | "forcedPath"
  | "value"

export interface ArgumentFrames {
  /** How each argument is read, and in which words, if they are not the usual ones. */
  readonly args: readonly (Reading | readonly [Reading, string])[]
  /** Whether the last argument is read first, so that it is the one named where all are wrong. */
  readonly lastFirst?: boolean
  /** For values that are parts of arguments, or that functions among them return, by what was wanted. */
  readonly parts?: Readonly<Partial<Record<Reading | "Boolean", string>>>
}

const ordinals = ["first", "second", "third"]

/** How a builtin reads an argument, and the words of a trace for it. */
export function argumentFrame(builtin: string, at: number): { reading: Reading; words: string } {
  const frame = argumentFrames[builtin]?.args[at] ?? "value"
  if (typeof frame !== "string") return { reading: frame[0], words: frame[1] }
  return {
    reading: frame,
    words: `while evaluating the ${ordinals[at]} argument passed to builtins.${builtin}`,
  }
}

const realised: readonly [Reading, string] = ["path", "while realising the context of a path"]

/** Of a builtin that has one argument, and does not count it. */
function argument(reading: Reading, builtin: string): ArgumentFrames {
  return { args: [[reading, `while evaluating the argument passed to builtins.${builtin}`]] }
}

function operands(of: string): ArgumentFrames {
  return {
    args: [
      ["operand", `while evaluating the first argument of the ${of}`],
      ["operand", `while evaluating the second argument of the ${of}`],
    ],
  }
}

function result(of: string): string {
  return `while evaluating the return value of the ${of}`
}

/** By name of the builtin. Builtins that are missing here have no such words. */
export const argumentFrames: Readonly<Record<string, ArgumentFrames>> = {
  abort: { args: [["text", "while evaluating the error message passed to builtins.abort"]] },
  add: operands("addition"),
  addDrvOutputDependencies: argument("text", "addDrvOutputDependencies"),
  addErrorContext: {
    args: [["text", "while evaluating the error message passed to builtins.addErrorContext"], "value"],
  },
  all: { args: ["function", "list"], parts: { Boolean: result("function passed to builtins.all") } },
  any: { args: ["function", "list"], parts: { Boolean: result("function passed to builtins.any") } },
  appendContext: { args: ["string", "set"] },
  attrNames: argument("set", "attrNames"),
  attrValues: argument("set", "attrValues"),
  baseNameOf: { args: ["text"] },
  bitAnd: { args: ["integer", "integer"] },
  bitOr: { args: ["integer", "integer"] },
  bitXor: { args: ["integer", "integer"] },
  catAttrs: {
    args: ["string", "list"],
    parts: { set: "while evaluating an element in the list passed as second argument to builtins.catAttrs" },
  },
  compareVersions: { args: ["string", "string"] },
  concatLists: {
    args: ["list"],
    parts: { list: "while evaluating a value of the list passed to builtins.concatLists" },
  },
  concatMap: { args: ["function", "list"] },
  concatStringsSep: {
    args: [
      [
        "string",
        "while evaluating the first argument (the separator string) passed to builtins.concatStringsSep",
      ],
      [
        "list",
        "while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep",
      ],
    ],
    parts: {
      text: "while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep",
    },
  },
  convertHash: { args: ["set"] },
  derivationStrict: argument("set", "derivationStrict"),
  dirOf: { args: [["text", "while evaluating the first argument passed to 'builtins.dirOf'"]] },
  div: {
    args: [
      ["operand", "while evaluating the first operand of the division"],
      ["operand", "while evaluating the second operand of the division"],
    ],
    lastFirst: true,
  },
  elem: { args: ["value", "list"] },
  elemAt: {
    args: [
      ["list", "while evaluating the first argument passed to 'builtins.elemAt'"],
      ["integer", "while evaluating the second argument passed to 'builtins.elemAt'"],
    ],
  },
  filter: {
    args: ["function", "list"],
    parts: { Boolean: result("filtering function passed to builtins.filter") },
  },
  filterSource: {
    args: [
      "function",
      ["path", "while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'"],
    ],
  },
  findFile: {
    args: ["list", "string"],
    parts: { set: "while evaluating an element of the list passed to builtins.findFile" },
  },
  flakeRefToString: argument("set", "flakeRefToString"),
  "foldl'": {
    args: [
      ["function", "while evaluating the first argument passed to builtins.foldlStrict"],
      "value",
      ["list", "while evaluating the third argument passed to builtins.foldlStrict"],
    ],
  },
  fromJSON: { args: ["string"] },
  fromTOML: argument("string", "fromTOML"),
  genericClosure: { args: ["set"] },
  genList: { args: ["function", "integer"] },
  getAttr: { args: ["string", "set"] },
  getContext: argument("string", "getContext"),
  getEnv: { args: ["string"] },
  getFlake: argument("string", "getFlake"),
  groupBy: {
    args: ["function", "list"],
    parts: { string: result("grouping function passed to builtins.groupBy") },
  },
  hasAttr: { args: ["string", "set"] },
  hasContext: argument("string", "hasContext"),
  hashFile: { args: ["string", realised] },
  hashString: { args: ["string", "string"] },
  head: { args: [["list", "while evaluating the first argument passed to 'builtins.head'"]] },
  import: { args: [realised] },
  intersectAttrs: { args: ["set", "set"] },
  length: { args: ["list"] },
  listToAttrs: {
    args: [["list", "while evaluating the argument passed to builtins.listToAttrs"]],
    parts: { set: "while evaluating an element of the list passed to builtins.listToAttrs" },
  },
  map: { args: ["function", "list"] },
  mapAttrs: { args: ["value", "set"] },
  match: { args: ["string", "string"] },
  mul: {
    args: [
      ["integerOperand", "while evaluating the first argument of the multiplication"],
      ["operand", "while evaluating the second argument of the multiplication"],
    ],
    parts: { number: "while evaluating the first of the multiplication" },
  },
  outputOf: {
    args: [
      ["string", "while evaluating the first argument to builtins.outputOf"],
      ["string", "while evaluating the second argument to builtins.outputOf"],
    ],
  },
  parseDrvName: { args: ["string"] },
  parseFlakeRef: argument("string", "parseFlakeRef"),
  partition: {
    args: ["function", "list"],
    parts: { Boolean: result("partition function passed to builtins.partition") },
  },
  path: { args: [["set", "while evaluating the argument passed to 'builtins.path'"]] },
  pathExists: { args: [["forcedPath", realised[1]]] },
  placeholder: { args: ["string"] },
  readDir: { args: [realised] },
  readFile: { args: [realised] },
  readFileType: { args: [realised] },
  removeAttrs: { args: ["set", "list"] },
  replaceStrings: { args: ["list", "list", "string"] },
  scopedImport: { args: ["set", realised] },
  sort: {
    args: ["function", "list"],
    parts: { Boolean: result("sorting function passed to builtins.sort") },
  },
  split: { args: ["string", "string"] },
  splitVersion: { args: ["string"] },
  storePath: { args: [["path", "while evaluating the first argument passed to 'builtins.storePath'"]] },
  stringLength: argument("text", "stringLength"),
  sub: operands("subtraction"),
  substring: {
    args: [
      ["integer", "while evaluating the first argument (the start offset) passed to builtins.substring"],
      ["integer", "while evaluating the second argument (the substring length) passed to builtins.substring"],
      ["text", "while evaluating the third argument (the string) passed to builtins.substring"],
    ],
  },
  tail: { args: [["list", "while evaluating the first argument passed to 'builtins.tail'"]] },
  throw: { args: [["text", "while evaluating the error message passed to builtin.throw"]] },
  toFile: { args: ["string", "string"] },
  toPath: { args: [["path", "while evaluating the first argument passed to builtins.toPath"]] },
  // Without its type TypeScript takes it for that of Object.prototype.toString.
  toString: { args: ["text"] } satisfies ArgumentFrames,
  unsafeDiscardOutputDependency: argument("text", "unsafeDiscardOutputDependency"),
  unsafeDiscardStringContext: argument("text", "unsafeDiscardStringContext"),
  unsafeGetAttrPos: { args: ["string", "set"] },
  warn: { args: [["string", "while evaluating the first argument; the message passed to builtins.warn"]] },
  zipAttrsWith: {
    args: ["function", "list"],
    parts: {
      set: "while evaluating a value of the list passed as second argument to builtins.zipAttrsWith",
    },
  },
}
