// Checks that a mistake in a file of a fleet gives one finding, at the place to fix and with the hosts that it concerns, and that
// everything else is answered as before (invariant 5).
//
// The carets under a text are the findings: severity, code, hosts, message (`|` for a line break). `values` are options on all
// hosts.

import assert from "node:assert/strict"
import { lineStarts } from "../../server/src/base/index.js"
import type { Finding } from "../../server/src/fleet/index.js"
import { annotate, fixture, type Label } from "./fixture.js"
import { type FleetFixture, fleetRoot, plainFleet } from "./fleet-fixture.js"

type Values = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The values of `greeting` on the hosts of a fixture, unless a module sets it. */
export const greetings = { alpha: '"hello"', beta: '"hello"', gamma: '"hello"' }
/** The same of `port`. */
export const ports = { alpha: "22", beta: "22", gamma: "22" }

/** Compares a fleet's findings with the labels in its files, and its options with expected values. */
export function checkFindings(
  source: string,
  values: Values,
  open: (source: string) => FleetFixture = plainFleet,
): void {
  const fleet = open(source)
  const findings = fleet.check()
  const { files } = fixture(source)
  const found = files.map(({ path, text }) => `#- ${path}\n${annotate(text, labelsIn(path, text, findings))}`)
  const wanted = files.map(({ path, text, labels }) => `#- ${path}\n${annotate(text, labels)}`)
  assert.equal(found.join("\n"), wanted.join("\n"))
  const elsewhere = findings.filter(({ file }) => !files.some(({ path }) => file === fleetRoot + path))
  assert.deepEqual(elsewhere, [])
  for (const [path, hosts] of Object.entries(values)) assert.deepEqual(fleet.values(path), hosts, path)
}

function labelsIn(path: string, text: string, findings: readonly Finding[]): Label[] {
  const starts = lineStarts(text)
  return findings
    .filter(({ file }) => file === fleetRoot + path)
    .map(({ range, severity, code, hosts, message }) => ({
      start: starts[range.start.line - 1] + range.start.column - 1,
      end: starts[range.end.line - 1] + range.end.column - 1,
      text: `${severity} ${code} [${hosts.join(" ")}] ${message.replaceAll("\n", " | ")}`,
    }))
}
