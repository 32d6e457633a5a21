// Calls of the builtins that fetch, as far as they end without a network: arguments that are refused, folders of this
// machine, references to flakes.

import { code, type Expression, text } from "../expression.js"
import type { Generator, Make } from "./generator.js"
import { builtin, type Signature } from "./signature.js"
import { randomFlakeRef } from "./versions.js"

const hash = '"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="'

/** Attributes that no fetcher takes, or not of this kind, beside some that it does. */
const doubtfulAttributes = [
  "",
  "x = 1; ",
  "url = 1; ",
  'name = "a b"; ',
  'url = "u:/"; x = 1; ',
  'sha256 = "x"; ',
  'rev = "x"; ',
  'url = "https://a.invalid/b"; rev = "x"; ',
  'url = "https://a.invalid/b"; sha256 = "x"; ',
  'url = "https://a.invalid/b"; name = ""; ',
  `url = "/nope"; narHash = ${hash}; `,
  "submodules = 1; ",
  "type = 1; ",
  'type = "nope"; ',
  'type = "github"; owner = "a"; ',
  'type = "git"; ',
  'type = "path"; ',
  "path = ./world; ",
]

const refusedArguments: Make = g =>
  g.random.chance(0.8)
    ? text(`{ ${g.random.pick(doubtfulAttributes)}}`)
    : g.of(g.random.pick(["int", "null", "list", "function", "attrs"] as const))

/** A folder as a tree, and one of its attributes. */
export function fetchedFolder(g: Generator): Expression {
  const folder = g.random.pick(["./world", "./world/folder", "./world/missing", "./world/text.txt"])
  const extra = g.random.pick([
    "",
    "",
    "lastModified = 5; ",
    `narHash = ${hash}; `,
    "dir = 1; ",
    'rev = "x"; ',
  ])
  const attribute = g.random.pick(["outPath", "narHash", "nope or null"])
  return code`(builtins.fetchTree { type = "path"; path = toString ${folder}; ${extra}}).${attribute}`
}

export const fetchingBuiltins: readonly Signature[] = [
  ...["fetchurl", "fetchTarball", "fetchGit", "fetchTree"].map(name =>
    builtin(name, [refusedArguments], "any", 0.25),
  ),
  builtin(
    "getFlake",
    [g => text(g.random.pick(['"relative/x"', "1", '""', '"/nope"', "./world"]))],
    "any",
    0.3,
  ),
  builtin("parseFlakeRef", [randomFlakeRef], "attrs"),
  builtin("flakeRefToString", [g => code`builtins.parseFlakeRef ${randomFlakeRef(g)}`], "string", 0.7),
  builtin("getEnv", [g => text(g.random.pick(['"HOME"', '"NOT_SET"', '""', "1"]))], "string", 0.3),
]
