// What traces and positions say of how a flake is called: what Nix 2.34.8 shows of its own text, call-flake.nix, and where.

import assert from "node:assert/strict"
import {
  Attrs,
  EvalError,
  errorText,
  guillemets,
  intern,
  placeOf,
  textOfBytes,
} from "../../server/src/eval/index.js"
import { type OpenFlake, openFlake } from "../../server/src/fleet/index.js"
import { MemoryFiles } from "../harness/memory-files.js"

const nixsFile = textOfBytes(`${guillemets("flakes-internal")}/call-flake.nix`)

function open(flake: string): OpenFlake {
  const files = new MemoryFiles("")
  files.write("/w/flake.nix", flake)
  return openFlake({ root: "/w", offline: true, overrideInputs: {} }, files)
}

/** The trace of a flake without a value, without lines of source: a line is what was being done and where, if that is in Nix's own text. */
function traceOf(flake: string): string[] {
  const { self } = open(flake)
  assert.ok(self instanceof EvalError)
  const lines = textOfBytes(errorText(self, { trace: true })).split("\n")
  return lines
    .map(line => line.trim())
    .filter(line => line.startsWith("…") || line.includes(nixsFile) || line.startsWith("error: "))
}

const at = (place: string) => `at ${nixsFile}:${place}:`

const around = [
  "… while calling anonymous lambda",
  at("15:1"),
  "… while evaluating the attribute 'root.result'",
  at("94:7"),
  "… in the left operand of the update (//) operator",
  at("75:9"),
]

const names = ["outPath", "inputs", "outputs", "sourceInfo", "_type", "narHash"]

it("the attributes that every flake has are in Nix's own text", () => {
  const { self } = open("{ outputs = _: { }; }")
  assert.ok(self instanceof Attrs)
  const { shape } = self
  const places = names.map(name => placeOf(shape.spanAt(shape.find(intern(name)))))
  assert.deepEqual(
    places.map(place => place && [place.file, place.line, place.column]),
    [
      ["/call-flake.nix", 84, 19],
      ["/call-flake.nix", 86, 19],
      ["/call-flake.nix", 87, 19],
      ["/call-flake.nix", 88, 19],
      ["/call-flake.nix", 89, 11],
      undefined,
    ],
  )
})

describe("the trace of a flake", () => {
  it("whose outputs fail leads through its call", () =>
    assert.deepEqual(traceOf('{ outputs = _: throw "a"; }'), [
      ...around,
      "… from call site",
      at("72:17"),
      "… while calling 'outputs'",
      "… while calling the 'throw' builtin",
      "error: a",
    ]))

  it("whose outputs are no set says what wanted one", () =>
    assert.deepEqual(traceOf("{ outputs = { self }: 5; }"), [
      ...around,
      "error: expected a set but found an integer: 5",
    ]))
})
