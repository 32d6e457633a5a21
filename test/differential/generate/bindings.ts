// Names in odd places: computed ones that meet each other, `or` as a name, `__overrides`, paths of attributes that run into
// values; and what a string depends on, put together by hand.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"

const names = [
  "a",
  "b",
  '"a"',
  '${"a"}',
  '${"b"}',
  "${n}",
  '"${n}"',
  "${null}",
  '"x${n}"',
  "${1}",
  '${"a" + ""}',
  "or",
  "${or}",
  '"a.b"',
  "${m}",
  '${"${n}"}',
]

function name(g: Generator): string {
  return g.random.pick(names)
}

/** Bindings whose names are computed, some of them twice. */
function computedNames(g: Generator): Expression {
  const binding = () =>
    g.random.pick([
      () => piece`${name(g)} = ${g.leaf(g.kind())}; `,
      () => piece`${name(g)}.${name(g)} = ${g.leaf(g.kind())}; `,
      () => piece`${name(g)}.${name(g)}.c = 1;\n`,
      () => piece`inherit (s) ${g.random.pick(["a", "b", '"a"', "or", '${"a"}', "z"])}; `,
      () => piece`inherit ${g.random.pick(["n", "s", '"n"', "or"])}; `,
      () => piece`__overrides = { ${g.random.pick(["a", "n", "b"])} = ${g.leaf("int")}; }; `,
    ])()
  const bindings = g.random.some(1, 4, binding)
  const made = g.random.pick([
    () => atom`{ ${bindings}}`,
    () => atom`rec { ${bindings}}`,
    () => atom`rec { ${bindings}c = a; }`,
    () => code`let ${bindings}in { r = a; }`,
  ])()
  const around = 'let n = "a"; m = null; or = "o"; s = { a = 1; b = 2; or = 3; }; in'
  const asked = g.random.pick([
    "",
    `.${name(g)}`,
    `.${name(g)} or 5`,
    ` ? ${name(g)}`,
    `.a.${name(g)} or 6`,
    ` ? a.${name(g)}.b`,
  ])
  return code`${around} (${made})${asked}`
}

/** The element of a context, as it would be written by hand, more or less. */
function contextElement(g: Generator): Expression {
  const key = g.random.pick([
    "${d.drvPath}",
    "${builtins.unsafeDiscardStringContext d.drvPath}",
    "${builtins.unsafeDiscardStringContext d.outPath}",
    '${builtins.unsafeDiscardStringContext (builtins.toFile "f" "x")}',
    '"/nix/store/x"',
    '"a"',
    '""',
  ])
  const value = g.random.pick([
    "{ path = true; }",
    "{ path = false; }",
    "{ allOutputs = true; }",
    '{ outputs = [ "out" ]; }',
    '{ outputs = [ "out" "dev" ]; }',
    "{ outputs = [ ]; }",
    '{ outputs = "out"; }',
    '{ path = true; allOutputs = true; outputs = [ "x" ]; }',
    "{ }",
    "1",
    "{ path = 1; }",
    "{ x = 1; }",
  ])
  return atom`{ ${key} = ${value}; }`
}

function contexts(g: Generator): Expression {
  const source = g.random.pick([
    '"t"',
    '"${d}"',
    "d.drvPath",
    "d.outPath",
    '""',
    '(builtins.toFile "f" d.outPath)',
    '"${d.dev}-${d}"',
    '"${./world/text.txt}"',
  ])
  const steps = [
    (s: Expression) => code`builtins.appendContext ${s} ${contextElement(g)}`,
    (s: Expression) => code`builtins.appendContext ${s} (builtins.getContext ${source})`,
    (s: Expression) => code`builtins.addDrvOutputDependencies ${s}`,
    (s: Expression) => code`builtins.unsafeDiscardOutputDependency ${s}`,
    (s: Expression) => code`builtins.unsafeDiscardStringContext ${s}`,
    (s: Expression) => code`builtins.substring 0 ${g.random.pick(["0", "3", "(-1)"])} ${s}`,
    (s: Expression) => code`builtins.replaceStrings [ "a" "" ] [ ${source} "" ] ${s}`,
    (s: Expression) => code`(${s} + ${source})`,
    (s: Expression) => code`"\${${s}}/x"`,
    (s: Expression) => code`builtins.outputOf ${s} "out"`,
    (s: Expression) => code`(builtins.fromJSON (builtins.toJSON ${s}))`,
    (s: Expression) => code`(builtins.head (builtins.attrValues { a = ${s}; }))`,
  ]
  let made = text(source)
  for (let left = 1 + g.random.below(3); left > 0; left--) made = g.random.pick(steps)(made)
  const question = g.random.pick([
    "[ r (builtins.getContext r) ]",
    "builtins.hasContext r",
    '(derivation { name = "y"; system = "s"; builder = r; }).drvPath',
    'builtins.toFile "g" r',
    "builtins.readFile r",
    "{ ${r} = 1; }",
    'builtins.match r "x"',
    "./x + r",
    // Nix's store in memory, unlike one on a disk, does not show derivations as files.
    'builtins.pathExists (builtins.replaceStrings [ ".drv" ] [ "" ] r)',
    'builtins.hashString "sha256" r',
    "builtins.storePath r",
    "import r",
  ])
  return code`let d = derivation { name = "x"; system = "s"; builder = "b"; outputs = [ "out" "dev" ]; }; r = ${made}; in ${question}`
}

export const bindingForms: readonly Weighted<Make>[] = [
  { weight: 2, item: computedNames },
  { weight: 2, item: contexts },
]
