// Builtins on flakes, and on hashes as flakes write them. What a flake is, only `EvalIO.flakes` knows.

import {
  type HashAlgorithm,
  type HashFormat,
  parseHash,
  parseHashAlgorithm,
  parseHashFormat,
  printHash,
  StoreError,
} from "../../store/index.js"
import { during, EvalError } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { kindOfValue } from "../formats/print.js"
import { force } from "../interpreter/force.js"
import { requireFeature } from "../language-settings.js"
import { isString, textOf } from "../values/context.js"
import { intern, nameOf } from "../values/symbol.js"
import { attrsOf, type BuiltinRow, type Lazy, type Value } from "../values/value.js"

const [HASH, HASH_ALGO, TO_HASH_FORMAT] = ["hash", "hashAlgo", "toHashFormat"].map(intern)

export const flakeBuiltins: Readonly<Record<string, BuiltinRow>> = {
  convertHash: {
    args: ["args"],
    strict: 1,
    doc: "Return the hash `hash` in another format: `base16`, `nix32`, `base64` or `sri`, as `toHashFormat` says.",
    call: convertHash,
  },
  flakeRefToString: {
    args: ["attrs"],
    strict: 1,
    doc: "Return the flake reference that a set of attributes stands for, as a URL.",
    call: (ev, attrs) => ev.io.flakes.flakeRefToString(refAttributes(ev, attrs)),
  },
  getFlake: {
    args: ["ref"],
    strict: 1,
    doc: "Return the outputs of the flake that a reference names, with what is known of its source. In pure evaluation the reference must be locked.",
    call: (ev, ref) => ev.io.flakes.getFlake(ev, ev.text(ref)),
  },
  parseFlakeRef: {
    args: ["ref"],
    strict: 1,
    doc: "Return the attributes that a flake reference, given as a URL, stands for.",
    call: (ev, ref) => attrsOf(Object.entries(ev.io.flakes.parseFlakeRef(ev.text(ref)))),
  },
}

function convertHash(ev: Evaluator, args: Lazy): Value {
  const settings = ev.attrs(args)
  const text = (name: number): string | undefined => {
    const place = settings.get(name)
    return place === undefined ? undefined : textNamed(ev, place, nameOf(name))
  }
  const hash = text(HASH) ?? notThere("hash")
  try {
    const name = text(HASH_ALGO)
    const algorithm = name === undefined ? undefined : enabledAlgorithm(ev, name)
    const format = text(TO_HASH_FORMAT) ?? notThere("toHashFormat")
    const wanted: HashFormat = parseHashFormat(format)
    if (format === "base32") ev.io.trace('warning: "base32" is a deprecated alias for hash format "nix32".')
    return printHash(parseHash(hash, algorithm), wanted)
  } catch (error) {
    if (error instanceof StoreError) return ev.fail("invalid-value", error.message)
    throw error
  }
}

function textNamed(ev: Evaluator, place: Lazy, name: string): string {
  try {
    return ev.text(place)
  } catch (error) {
    if (error instanceof EvalError) error.culprit = undefined
    throw during(error, `while evaluating the attribute '${name}'`, 0)
  }
}

function notThere(name: string): never {
  const error = new EvalError("missing-attribute", `attribute '${name}' missing`)
  throw during(error, `while locating the attribute '${name}'`, 0)
}

function enabledAlgorithm(ev: Evaluator, name: string): HashAlgorithm {
  const algorithm = parseHashAlgorithm(name)
  if (algorithm === "blake3") requireFeature(ev.language, "blake3-hashes")
  return algorithm
}

function refAttributes(ev: Evaluator, place: Lazy): Readonly<Record<string, string | number | boolean>> {
  const attrs = ev.attrs(place)
  return Object.fromEntries(
    Array.from(attrs.shape.met, slot => {
      const name = nameOf(attrs.shape.keys[slot])
      return [name, refAttribute(ev, name, force(ev, attrs.at(slot)))]
    }),
  )
}

function refAttribute(ev: Evaluator, name: string, value: Value): string | number | boolean {
  if (isString(value)) return textOf(value)
  if (typeof value === "boolean") return value
  if (typeof value !== "number")
    return ev.fail(
      "type",
      `flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '${name}' is ${kindOfValue(value)}`,
    )
  if (value < 0) return ev.fail("invalid-value", `negative value given for flake ref attr ${name}: ${value}`)
  return value
}
