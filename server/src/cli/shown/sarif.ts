// Findings as SARIF 2.1.0, which code scanning reads (OASIS standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/).

import { isAbsolute, relative } from "node:path"
import { pathToFileURL } from "node:url"
import { version } from "../../../../package.json"
import type { Finding, SourcePlace } from "../../fleet/index.js"

const levels = { error: "error", warning: "warning", information: "note" } as const
const base = "FLAKE"

/** A SARIF log of one run. `root` is the folder that paths are relative to. */
export function sarif(findings: readonly Finding[], root: string): unknown {
  const codes = [...new Set(findings.map(({ code }) => code))].sort()
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Canopy", version, rules: codes.map(id => ({ id })) } },
        originalUriBaseIds: { [base]: { uri: `${pathToFileURL(root).href}/` } },
        columnKind: "unicodeCodePoints",
        results: findings.map(finding => result(finding, codes, root)),
      },
    ],
  }
}

function result(finding: Finding, codes: readonly string[], root: string): unknown {
  const { file, range, severity, code, message, hosts, related } = finding
  const region = {
    startLine: range.start.line,
    ...(range.start.column < 1 ? {} : { startColumn: range.start.column }),
    endLine: range.end.line,
    ...(range.end.column < 1 ? {} : { endColumn: range.end.column }),
  }
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: hosts.length === 0 ? message : `${message} (on ${hosts.join(", ")})` },
    locations: [{ physicalLocation: { artifactLocation: artifact(file, root), region } }],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((place, i) => relatedPlace(place, i, root)) }),
    properties: { hosts },
  }
}

function relatedPlace(place: SourcePlace & { readonly message: string }, id: number, root: string): unknown {
  const region = { startLine: place.line, ...(place.column < 1 ? {} : { startColumn: place.column }) }
  return {
    id,
    message: { text: place.message },
    physicalLocation: { artifactLocation: artifact(place.file, root), region },
  }
}

/** Relative to the flake if the file is in it: code scanning can only find such files. */
function artifact(file: string, root: string): unknown {
  const path = relative(root, file)
  if (path.startsWith("..") || isAbsolute(path)) return { uri: pathToFileURL(file).href }
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: base }
}
