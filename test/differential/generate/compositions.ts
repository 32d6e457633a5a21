// Expressions that put several things side by side, so that one shows what another hides: a float in every way to print it,
// functions beside themselves, a string and its context, large sets joined many times, records sorted by one of their parts.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

/** A float as the program prints it, as text, in JSON and in XML, and what arithmetic makes of it. */
function floatInEveryForm(g: Generator): Expression {
  const operator = g.random.pick(["+", "-", "*"])
  return code`let f = ${g.of("float")}; in [ f (toString f) (builtins.toJSON f) (builtins.toXML f) (-f) (f ${operator} ${g.number()}) (f == f) ]`
}

const reaches = ["f", "s.f", "(s.f or null)", "(builtins.head [ f ])", "copy", "(s // { }).f", "(f: f) f"]

/** Functions reached in two ways, compared in places and printed. Partial calls lose their place and are not among them. */
function functionBesideItself(g: Generator): Expression {
  const [left, right] = [g.random.pick(reaches), g.random.pick(reaches)]
  const bindings = piece`f = ${g.random.pick(["x: x", "{ a, b ? a }: b", "{ ... }@x: x", "map"])}; s = { inherit f; }; copy = if true then f else null; `
  const compared = g.random.pick([
    `[ (${left}) ] == [ (${right}) ]`,
    `{ a = ${left}; } == { a = ${right}; }`,
    `builtins.elem (${left}) [ (${right}) ]`,
  ])
  return code`let ${bindings}in [ (${compared}) (${left}) { a = ${right}; } ]`
}

/** What a builtin leaves of the context of the strings that it gets. */
function contextThrough(g: Generator): Expression {
  const source = code`"\${${g.of("derivation")}}${g.random.pick(["", "-x", "/bin"])}"`
  const through = g.random.pick([
    "builtins.substring 0 5 s",
    "builtins.substring 3 0 s",
    "builtins.substring 90 1 s",
    'builtins.replaceStrings [ "/" ] [ t ] s',
    'builtins.replaceStrings [ "nope" ] [ s ] "x"',
    'builtins.concatStringsSep s [ "a" ]',
    'builtins.concatStringsSep s [ "a" t ]',
    'builtins.concatStringsSep "" [ ]',
    "builtins.toJSON { inherit s t; }",
    "builtins.toXML s",
    "baseNameOf s",
    "dirOf s",
    "toString [ s t ]",
    "s + t",
    `''\${s}''`,
    "builtins.unsafeDiscardStringContext s",
    "builtins.unsafeDiscardOutputDependency d.drvPath",
    "builtins.addDrvOutputDependencies (builtins.unsafeDiscardOutputDependency d.drvPath)",
    'builtins.head (builtins.split "-" s)',
    'builtins.concatStringsSep "" (builtins.filter builtins.isString (builtins.split "-" s))',
    'builtins.head (builtins.match "(.*)" s)',
    'builtins.toFile "f" s',
    "builtins.appendContext t (builtins.getContext s)",
    "builtins.head (builtins.attrNames { ${builtins.unsafeDiscardStringContext s} = 1; })",
    'builtins.hashString "md5" s',
    "(builtins.parseDrvName s).name",
    "builtins.head (builtins.splitVersion s)",
    "(builtins.tryEval s).value",
    '(derivation { name = t; system = s; builder = "b"; }).drvPath',
    "builtins.placeholder s",
    "builtins.storePath s",
  ])
  const other = g.random.pick(['"x"', '"${./world/text.txt}"', '"${d}"'])
  return code`let d = ${g.of("derivation")}; s = ${source}; t = ${other}; r = ${through}; in [ r (builtins.getContext r) ]`
}

/** More names than a small set has, joined, so that names repeat and the order of names does not come from writing. */
function largeSet(g: Generator): Expression {
  const count = () => g.random.pick(["5", "17", "40", "100"])
  const step = () => String(1 + g.random.below(9))
  const part = () =>
    piece`builtins.listToAttrs (builtins.genList (i: { name = "n\${toString (i * ${step()})}"; value = ${g.random.chance(0.7) ? "i" : g.any()}; }) ${count()})`
  const parts = g.random.some(1, 3, () => piece` // ${part()}`)
  const made = code`${part()}${parts} // ${g.of("attrs")}`
  const question = g.random.pick(["builtins.attrNames", "builtins.attrValues", "builtins.toJSON", "(x: x)"])
  return g.random.chance(0.3)
    ? code`removeAttrs (${made}) [ "n4" "n6" "zz" ]`
    : code`{ r = ${question} (${made}); }`
}

/** Equal keys keep the order in which they stood. */
function sortedRecords(g: Generator): Expression {
  const kind = g.random.pick(["int", "float", "string"] as const)
  const records = g.random.some(2, 12, i => piece`{ k = ${g.leaf(kind)}; v = ${String(i)}; } `)
  const order = g.random.pick(["a.k < b.k", "b.k < a.k", "builtins.lessThan a.k b.k", "a.k > b.k"])
  return code`map (r: r.v) (builtins.sort (a: b: ${order}) [ ${records}])`
}

/** From one key to others through a table, whatever the keys are. */
function closureOfKeys(g: Generator): Expression {
  const kind = g.random.pick(["string", "float", "path", "list", "int", "bool", "attrs", "null"] as const)
  const elements = () => g.random.some(1, 4, () => piece`{ key = ${g.leaf(kind)}; } `)
  const operator = code`e: if e ? last then [ ] else map (n: n // { last = true; }) [ ${elements()}]`
  return code`builtins.genericClosure { startSet = [ ${elements()}]; operator = ${operator}; }`
}

/** Deeper than messages show values, and than most programs nest. */
function tower(g: Generator): Expression {
  let made = g.any()
  for (let height = 3 + g.random.below(14); height > 0; height--)
    made = g.random.pick([
      () => atom`[ ${made} ]`,
      () => atom`{ a = ${made}; }`,
      () => code`(x: x) ${made}`,
      () => code`if true then ${made} else 1`,
      () => atom`{ a.b.c = ${made}; }`,
    ])()
  return made
}

/** Folders with filters, whose names and results are seen. */
function copies(g: Generator): Expression {
  const source = g.random.pick([
    "./world",
    "./world/folder",
    "./world/link",
    "./world/linked",
    "./world/linked/inner.txt",
  ])
  const filter = g.random.pick([
    'p: t: t != "symlink"',
    'p: t: t == "directory"',
    'p: t: builtins.match ".*[.]nix" p == null',
    'p: t: throw "${baseNameOf p} ${t}"',
    "p: t: 1",
    "p: true",
  ])
  return g.random.chance(0.5)
    ? code`builtins.filterSource (${filter}) ${source}`
    : code`builtins.path { path = ${source}; name = "n"; filter = ${filter}; recursive = ${g.of("bool")}; }`
}

export const compositionsOfLists: readonly Weighted<Make>[] = [
  { weight: 1, item: floatInEveryForm },
  { weight: 1, item: functionBesideItself },
  { weight: 2, item: contextThrough },
  { weight: 1, item: sortedRecords },
  { weight: 1, item: closureOfKeys },
  { weight: 0.5, item: tower },
]

export const compositionsOfSets: readonly Weighted<Make>[] = [{ weight: 1.5, item: largeSet }]

export const compositionsOfStrings: readonly Weighted<Make>[] = [{ weight: 0.7, item: copies }]

const strangePaths = [
  ...[
    "~/x",
    "~/world",
    "~/.",
    "~/..",
    "~/./x",
    "~/x/../world/text.txt",
    "~/world/./folder",
    "~/world/linked/../text.txt",
  ],
  ...["./world/linked/inner.txt", "./world/dangling/x", "./world/linked", "<nix/none.nix>"],
]

/** What is read below a link, or in the home folder, where Nix keeps the dots. */
export const strangePath: Make = g =>
  g.random.chance(0.15)
    ? atom`~/world/\${${g.of("string")}}${g.random.pick(["", "/..", "/./x"])}`
    : text(g.random.pick(strangePaths))
