// Builtins that compute hashes, and write them in other forms.

import {
  type HashAlgorithm,
  hashBytes,
  parseHashAlgorithm,
  parseHashFormat,
  printHash,
  StoreError,
} from "../../store/index.js"
import { writtenHash } from "../derivations/promised-hash.js"
import { during, EvalError, missingAttribute, orInvalidValue } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { stringParts } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { requireFeature } from "../language-settings.js"
import { intern, nameOf, type Sym } from "../values/symbol.js"
import type { BuiltinRow, Lazy, Value } from "../values/value.js"
import { linkedPath } from "./realise.js"

const [HASH, HASH_ALGO, TO_HASH_FORMAT] = ["hash", "hashAlgo", "toHashFormat"].map(intern)

export const hashBuiltins: Readonly<Record<string, BuiltinRow>> = {
  convertHash: {
    args: ["args"],
    strict: true,
    doc: "Return the hash `hash` in another format: `base16`, `nix32`, `base64` or `sri`, as `toHashFormat` says.",
    call: convertHash,
  },
  hashFile: {
    args: ["type", "p"],
    strict: true,
    doc: "Return the hash of a file in base 16. `type` is `md5`, `sha1`, `sha256` or `sha512`.",
    call: (ev, algorithm, p) => {
      const name = ev.text(algorithm)
      return digest(ev, name, () => ev.files.readBytes(linkedPath(ev, p)))
    },
  },
  hashString: {
    args: ["type", "s"],
    strict: true,
    doc: "Return the hash of a string in base 16. `type` is `md5`, `sha1`, `sha256` or `sha512`.",
    call: (ev, algorithm, s) => digest(ev, ev.text(algorithm), () => stringParts(ev, force(ev, s)).text),
  },
}

function digest(ev: Evaluator, name: string, data: () => string | Uint8Array): string {
  const algorithm = orInvalidValue(StoreError, () => enabledAlgorithm(ev, name))
  return printHash(hashBytes(algorithm, data()), "base16")
}

function convertHash(ev: Evaluator, args: Lazy): Value {
  const settings = ev.attrs(args)
  const text = (name: Sym): string | undefined => {
    const place = settings.get(name)
    return place === undefined ? undefined : textNamed(ev, place, nameOf(name))
  }
  const hash = text(HASH) ?? notThere(HASH)
  return orInvalidValue(StoreError, () => {
    const name = text(HASH_ALGO)
    const algorithm = name === undefined ? undefined : enabledAlgorithm(ev, name)
    const format = text(TO_HASH_FORMAT) ?? notThere(TO_HASH_FORMAT)
    const wanted = parseHashFormat(format)
    if (format === "base32") ev.io.trace('warning: "base32" is a deprecated alias for hash format "nix32".')
    return printHash(writtenHash(ev, hash, algorithm), wanted)
  })
}

function textNamed(ev: Evaluator, place: Lazy, name: string): string {
  try {
    return ev.text(place)
  } catch (error) {
    if (error instanceof EvalError) error.culprit = undefined
    throw during(error, `while evaluating the attribute '${name}'`, 0)
  }
}

function notThere(name: Sym): never {
  const error = missingAttribute(nameOf(name))
  throw during(error, `while locating the attribute '${nameOf(name)}'`, 0)
}

function enabledAlgorithm(ev: Evaluator, name: string): HashAlgorithm {
  const algorithm = parseHashAlgorithm(name)
  if (algorithm === "blake3") requireFeature(ev.language, "blake3-hashes")
  return algorithm
}
