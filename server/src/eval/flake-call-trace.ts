// Where traces and positions say that a flake is called. To Nix that is a text of its own, call-flake.nix, of which only those pieces
// are here that are shown, each at its place: `fleet/flake/call-flake.ts` calls flakes.

import { writtenName } from "../syntax/index.js"
import { addSource, type Span } from "./code/span.js"
import { laidOut } from "./core-texts.js"
import { EvalError } from "./errors/error.js"
import { guillemets } from "./values/byte-text.js"

const pieces = {
  flake: [15, 1, "fetchTree: root"],
  input: [68, 37, "input: nodes.${input}.result"],
  call: [72, 17, "flake.outputs (inputs // { self = result; })"],
  outputs: [75, 9, "outputs // sourceInfo"],
  outPath: [84, 19, "outPath;"],
  inputs: [86, 19, "inputs;"],
  ownOutputs: [87, 19, "outputs;"],
  sourceInfo: [88, 19, "sourceInfo;"],
  type: [89, 11, '_type = "flake";'],
  result: [94, 7, "result = outputs // sourceInfo;"],
  sourceInfoOfFiles: [99, 35, "sourceInfo"],
  outPathOfFiles: [99, 46, "outPath;"],
} as const

const inherits = [84, 86, 87, 88].map(line => [line, 11, "inherit"] as const)

const text = laidOut([...inherits, ...Object.values(pieces)])

let base: Span = 0

/** Where a piece is. */
export function placeInFlakeCall(piece: keyof typeof pieces): Span {
  if (base === 0) {
    const source = addSource("/call-flake.nix", text)
    source.shown = `${guillemets("flakes-internal")}${source.file}`
    base = source.base
  }
  const [line, column] = pieces[piece]
  return base + text.split("\n", line - 1).join("\n").length + column
}

/** The error of a call of `outputs`, which came from there. */
export function fromOutputsCall(error: unknown): unknown {
  if (error instanceof EvalError) error.addSite(placeInFlakeCall("call"))
  return error
}

/** The error of a flake's value, which has no attributes without its outputs. `input` is the name of the input that it is, if it is one. */
export function duringFlakeCall(error: unknown, input: string | undefined): unknown {
  if (!(error instanceof EvalError)) return error
  error.addFrame("in the left operand of the update (//) operator", placeInFlakeCall("outputs"))
  error.addFrame(
    `while evaluating the attribute '${writtenName(input ?? "root")}.result'`,
    placeInFlakeCall("result"),
  )
  error.addFrame(
    "while calling anonymous lambda",
    placeInFlakeCall(input === undefined ? "flake" : "input"),
    "call",
  )
  return error
}
