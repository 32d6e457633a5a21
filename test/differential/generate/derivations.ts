// Derivations of every sort, and what a derivation gives.

import { atom, code, type Expression, type Piece, piece } from "../expression.js"
import type { Weighted } from "../random.js"
import type { Generator, Make } from "./generator.js"
import { listFrom, oneOf, stringOf } from "./signature.js"
import { coercible } from "./strings.js"

const name = stringOf("x", "hello-1.0", "a+b", "", "x.drv", "a b", ".hidden", "é")
const outputs = oneOf(
  '[ "out" ]',
  '[ "out" "dev" ]',
  '[ "bin" "out" ]',
  '[ "dev" ]',
  "[ ]",
  '[ "out" "out" ]',
  '[ "drv" ]',
  '[ "a b" ]',
  '"out"',
)
const outputHash = oneOf(
  '"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="',
  '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
  '"da39a3ee5e6b4b0d3255bfef95601890afd80709"',
  '"0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"',
  '""',
  '"x"',
)

type Special = (g: Generator) => Piece

const specials: readonly Weighted<Special>[] = [
  { weight: 2, item: g => piece`outputs = ${outputs(g)}; ` },
  { weight: 2, item: g => piece`args = ${listFrom(coercible)(g)}; ` },
  { weight: 1.5, item: g => piece`__structuredAttrs = ${g.random.chance(0.8) ? "true" : g.of("bool")}; ` },
  { weight: 0.7, item: g => piece`__ignoreNulls = ${g.of("bool")}; a = ${g.of("null")}; ` },
  { weight: 0.5, item: g => piece`__contentAddressed = ${g.of("bool")}; ` },
  { weight: 0.3, item: g => piece`__impure = ${g.of("bool")}; ` },
  { weight: 0.5, item: g => piece`passAsFile = [ "a" ]; a = ${coercible(g)}; ` },
  { weight: 0.5, item: g => piece`allowedReferences = ${listFrom(coercible)(g)}; ` },
  {
    weight: 0.5,
    item: g =>
      piece`exportReferencesGraph = [ "g" ${g.of(g.random.chance(0.8) ? "derivation" : "string")} ]; `,
  },
  { weight: 0.3, item: g => piece`__json = ${g.of("string")}; ` },
  { weight: 0.3, item: g => piece`outputChecks = ${g.of("attrs")}; ` },
]

function fixedOutput(g: Generator): Piece {
  const algorithm = g.random.pick(["sha256", "sha1", "md5", "sha512", "blake3", "", "x"])
  const mode = g.random.pick(["flat", "recursive", "nar", "text", "git", "x"])
  return piece`outputHash = ${outputHash(g)}; ${piece`outputHashAlgo = "${algorithm}"; `}${piece`outputHashMode = "${mode}"; `}`
}

const oddKeys = [
  '"a b"',
  '""',
  '"é"',
  '"a=b"',
  '${builtins.substring 0 1 "é"}',
  '"x${"\\n"}y"',
  "or",
  '"__x"',
  '"PATH"',
]

function attributes(g: Generator): Piece[] {
  const extra = g.names(3).filter(key => key !== "name")
  const environment = extra.map(key => piece`${key} = ${environmentValue(g)}; `)
  if (g.random.chance(0.15)) environment.push(piece`${g.random.pick(oddKeys)} = ${environmentValue(g)}; `)
  const special = g.random.some(0, 2, () => g.random.pickWeighted(specials)(g))
  const fixed = g.random.chance(0.2) ? [fixedOutput(g)] : []
  return [...environment, ...special, ...fixed]
}

function environmentValue(g: Generator): Expression {
  return g.random.chance(0.85) ? coercible(g) : g.any()
}

/** The set that `derivation` is called with. A name that comes twice is refused by both, which is no loss. */
function request(g: Generator): Expression {
  const required = [
    piece`name = ${name(g)}; `,
    piece`system = ${g.random.chance(0.95) ? '"x86_64-linux"' : g.any()}; `,
    piece`builder = ${g.random.chance(0.8) ? '"/bin/sh"' : coercible(g)}; `,
  ].filter(() => g.random.chance(0.99))
  return code`{ ${required}${attributes(g)}}`
}

/** The builder that needs no program, as nixpkgs fetches its first files with it. */
function fetchedFile(g: Generator): Expression {
  const extras = [
    piece`name = ${name(g)}; `,
    piece`executable = ${g.of("bool")}; `,
    piece`unpack = ${g.of("bool")}; `,
    piece`impure = ${g.of("bool")}; `,
    piece`x = 1; `,
  ].filter((_, i) => g.random.chance(i === 4 ? 0.05 : 0.3))
  const given = g.random.pick(["hash", "sha256", "sha1", "outputHash"])
  return code`import <nix/fetchurl.nix> { url = "http://a.b/c-1.0.tar"; ${given} = ${outputHash(g)}; ${extras}}`
}

function derivation(g: Generator): Expression {
  if (g.random.chance(0.05)) return fetchedFile(g)
  const maker = g.random.chance(0.9) ? "derivation" : "builtins.derivation"
  return code`${maker} (${request(g)})`
}

/** What is asked of a derivation most of the time. */
function derivationText(g: Generator): Expression {
  const attribute = g.random.pick(["drvPath", "outPath", "name", "out.outPath", "dev.outPath", "outputName"])
  return atom`(${g.of("derivation")}).${attribute}`
}

function strictDerivation(g: Generator): Expression {
  return code`derivationStrict (${request(g)})`
}

function allOfIt(g: Generator): Expression {
  const drv = g.of("derivation")
  return code`let d = ${drv}; in [ d.drvPath d.outPath (builtins.getContext "\${d}") (map (o: o.outPath) d.all) ]`
}

export const derivationForms: readonly Weighted<Make>[] = [{ weight: 1, item: derivation }]
export const derivationStringForms: readonly Weighted<Make>[] = [{ weight: 3, item: derivationText }]
export const derivationSetForms: readonly Weighted<Make>[] = [{ weight: 1, item: strictDerivation }]
export const derivationListForms: readonly Weighted<Make>[] = [{ weight: 1.5, item: allOfIt }]
