// Builtins that read and write data formats.

import { during, EvalError, orInvalidValue } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { JsonError, parseJson } from "../formats/json.js"
import { toJson } from "../formats/to-json.js"
import { toXml } from "../formats/to-xml.js"
import { parseToml, refuseDateTime, type TomlBuilder, TomlError } from "../formats/toml.js"
import { valueBuilder } from "../formats/value-builder.js"
import { force } from "../interpreter/force.js"
import { withContext } from "../values/context.js"
import { attrsOf, type BuiltinRow, NixFloat, positiveNaN, type Value } from "../values/value.js"

export const dataBuiltins: Readonly<Record<string, BuiltinRow>> = {
  fromJSON: {
    args: ["e"],
    strict: true,
    doc: "Turn a JSON text into a value.",
    call: (ev, e) => decoded(ev.text(e)),
  },
  fromTOML: {
    args: ["e"],
    strict: true,
    doc: "Turn a TOML text into a value.",
    call: (ev, e) => {
      const text = ev.text(e)
      const builder = hasTimestamps(ev) ? timestampBuilder : tomlBuilder
      return reading(text, () => orInvalidValue(TomlError, () => parseToml(text, builder)))
    },
  },
  toJSON: {
    args: ["e"],
    strict: true,
    doc: "Return a value as JSON text. Derivations become their output path.",
    call: (ev, e) => {
      const { text, context, fault } = toJson(ev, force(ev, e), { copyToStore: true })
      if (fault !== undefined) ev.fail("invalid-value", `JSON serialization error: ${fault}`)
      return withContext(text, context)
    },
  },
  toXML: {
    args: ["e"],
    strict: true,
    doc: "Return a value as XML text.",
    call: (ev, e) => {
      const { text, context } = toXml(ev, force(ev, e))
      return withContext(text, context)
    },
  },
}

/** Dates and times are refused in Nix's words. */
const tomlBuilder: TomlBuilder<Value> = {
  ...valueBuilder,
  nan: isNegative => (isNegative ? new NixFloat(Number.NaN) : positiveNaN),
  dateTime: refuseDateTime,
}

/** They are sets under an experimental feature, which adds to the language and so has to be asked for. */
const timestampBuilder: TomlBuilder<Value> = {
  ...tomlBuilder,
  dateTime: (_kind, text) =>
    attrsOf([
      ["_type", "timestamp"],
      ["value", text],
    ]),
}

function hasTimestamps(ev: Evaluator): boolean {
  return ev.language.experimentalFeatures?.has("parse-toml-timestamps") === true
}

/** Nix says what it was doing only where its JSON library refuses the text, not where it does so itself. */
function decoded(text: string): Value {
  try {
    return reading(text, () => orInvalidValue(JsonError, () => parseJson(text, valueBuilder)))
  } catch (error) {
    const isOfParser = error instanceof EvalError && error.message.startsWith("[json.exception")
    throw isOfParser ? during(error, "while decoding a JSON string", 0) : error
  }
}

/** What `read` makes of a text. An error says which text that was. */
function reading(text: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof EvalError) error.document = text
    throw error
  }
}
