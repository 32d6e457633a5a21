// Calls of builtins that read files, compute store paths, or look at the context of strings. Whatever would go over the
// network, read the clock or the environment, or need a build is left out: no two runs need agree on it.

import { atom, code, type Expression, piece, text } from "../expression.js"
import type { Generator, Make } from "./generator.js"
import { anyKind, builtin, functionOf, oneOf, type Signature, stringOf } from "./signature.js"
import { coercible } from "./strings.js"

const file = oneOf(
  "./world/text.txt",
  "./world/data.json",
  "./world/data.toml",
  "./world/lib.nix",
  "./world/link",
  "./world/empty",
  "./world/bytes",
  "./world/missing",
  "./world/dangling",
  "./world/dangling/x",
  "./world/linked/inner.txt",
  "./world/linked/missing",
  "./world/linked",
  "./world/text.txt/x",
  "./world/folder",
  '(./world + "/script")',
  '"${toString ./world}/text.txt"',
  '"relative"',
  '(builtins.toFile "f" "contents")',
)
const folder = oneOf(
  "./world/linked",
  "./world",
  "./world/folder",
  "./world/text.txt",
  "./world/missing",
  "./world/folder/..",
)
const source = oneOf(
  "./world",
  "./world/folder",
  "./world/text.txt",
  "./world/script",
  "./world/link",
  "./world/linked",
  "./world/dangling/x",
  "./world/missing",
)
const program = oneOf(
  "./world/linked",
  "./world/linked/missing",
  "./world/lib.nix",
  "./world/folder",
  "./world/throws.nix",
  "./world/missing.nix",
  "./world/function.nix",
  "./world/wrong.nix",
  "./world/unknown.nix",
  "./world/lines.nix",
  "./world/loop.nix",
  "./world/text.txt",
)
const storeName = stringOf("x", "a-1.0.tar.gz", "", ".x", "a b", "é", "a+b_c?d=e")
const algorithm = stringOf("md5", "sha1", "sha256", "sha512", "blake3")
const withContext: Make = g =>
  g.random.pick([
    () => code`"\${${g.of("derivation")}}"`,
    () => atom`(${g.of("derivation")}).drvPath`,
    () => code`"${g.name()}\${${g.of("path")}}"`,
    () => code`builtins.toFile "f" ${g.of("string")}`,
    () => g.of("string"),
  ])()

const storePath = oneOf(
  '(builtins.toFile "f" "x")',
  '"/nix/store"',
  '"/nix/store/x"',
  '"/a/b"',
  '"${./world}"',
)

const filter: Make = g =>
  g.random.chance(0.6)
    ? text(
        g.random.pick([
          "p: t: true",
          "p: t: false",
          't: k: k == "regular"',
          'p: t: baseNameOf p != "inner.txt"',
        ]),
      )
    : functionOf(["string", "string"], "bool")(g)

function pathArguments(g: Generator): Expression {
  const extras = [
    piece`name = ${storeName(g)}; `,
    piece`filter = ${filter(g)}; `,
    piece`recursive = ${g.of("bool")}; `,
    piece`sha256 = ${hash(g)}; `,
    piece`x = ${g.any()}; `,
  ].filter((_, i) => g.random.chance(i === 4 ? 0.05 : 0.3))
  return atom`{ path = ${source(g)}; ${extras}}`
}

const hash = oneOf(
  '"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="',
  '"0000000000000000000000000000000000000000000000000000"',
  '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
  '""',
  '"sha256-AAAA"',
)

/** Only of paths that are in the store: Nix asks its substituters for all others. */
const contextSet: Make = g =>
  g.random.chance(0.8)
    ? code`builtins.getContext ${withContext(g)}`
    : text(g.random.pick(["{ x = { path = true; }; }", "{ }", "{ a = 1; }"]))

function hashToConvert(g: Generator): Expression {
  const format = g.random.pick(["base16", "nix32", "base32", "base64", "sri", "x"])
  const named = g.random.chance(0.6) ? piece`hashAlgo = ${algorithm(g)}; ` : piece``
  const value = g.random.chance(0.6) ? hash(g) : code`builtins.hashString ${algorithm(g)} ${g.of("string")}`
  return atom`{ hash = ${value}; ${named}toHashFormat = "${format}"; }`
}

export const worldBuiltins: readonly Signature[] = [
  builtin("readFile", [file], "string", 1.5),
  builtin("readDir", [folder], "attrs"),
  builtin("readFileType", [file], "string", 0.7),
  builtin("pathExists", [file], "bool"),
  builtin("pathExists", ["path"], "bool", 0.5),
  builtin("hashFile", [algorithm, file], "string", 0.7),
  builtin("outputOf", [withContext, stringOf("out", "dev")], "string", 0.2),
  builtin("import", [program], "any", 3),
  builtin("import", [program], "attrs", 0.7),
  builtin(
    "scopedImport",
    [oneOf("{ }", "{ x = 1; }", "{ builtins = { }; }", "{ nowhere = 2; }"), program],
    "any",
  ),
  builtin("path", [pathArguments], "string", 1.5),
  builtin("filterSource", [filter, source], "string"),
  builtin("toFile", [storeName, "string"], "string", 1.5),
  builtin("storePath", [storePath], "string", 0.3),
  builtin(
    "findFile",
    [
      oneOf('[ { prefix = "w"; path = ./world; } ]', "[ ]", "[ { path = ./world; } ]"),
      stringOf("w", "w/text.txt", "text.txt", "w/linked/inner.txt", "w/dangling", "x"),
    ],
    "path",
    0.7,
  ),
  builtin("placeholder", [stringOf("out", "dev", "", "bin")], "string", 0.7),
  builtin("convertHash", [hashToConvert], "string", 1.5),
  builtin("hasContext", [withContext], "bool"),
  builtin("getContext", [withContext], "attrs"),
  builtin("appendContext", [coercible, contextSet], "string"),
  builtin("unsafeDiscardStringContext", [withContext], "string"),
  builtin("unsafeDiscardOutputDependency", [withContext], "string", 0.7),
  builtin("addDrvOutputDependencies", [withContext], "string", 0.7),
  builtin("getContext", [anyKind], "attrs", 0.1),
  builtin("storeDir", [], "string", 0.2),
  builtin("nixVersion", [], "string", 0.1),
  builtin("langVersion", [], "int", 0.1),
  builtin("nixPath", [], "list", 0.1),
]
