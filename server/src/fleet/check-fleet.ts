// The whole check of a fleet, in the order in which a person wants to know: what does not parse, what cannot be opened,
// which options fail, what cannot be had, and what nobody uses.

import {
  type CheckedFleet,
  checkAspects,
  checkFlake,
  checkOptions,
  checkOutputs,
  checkPackages,
  checkSyntax,
  checkTracked,
  checkVars,
} from "./check.js"
import type { EvaluatedFleet } from "./evaluated-fleet.js"
import { FindingList } from "./findings.js"
import type { Finding } from "./model.js"
import type { Report } from "./session-port.js"

/** All findings about the named hosts, or about all. @throws Cancelled */
export function answerCheck(
  fleet: EvaluatedFleet,
  hosts: readonly string[] | undefined,
  report: Report,
): Finding[] {
  const checked = fleet.named(hosts)
  const found: CheckedFleet = {
    ...fleet.surroundings,
    ev: fleet.ev,
    problems: fleet.flake.problems,
    hostList: { ...fleet.hostList, hosts: checked },
    aspects: fleet.aspects,
    concerned: path => fleet.concerned(path),
    unknownBecause: host => fleet.unknownBecause(host),
    findings: new FindingList(),
  }
  checkFlake(found)
  checkOutputs(found)
  checked.forEach((host, i) => {
    report({ message: `checking ${host.name}`, done: i, total: checked.length })
    checkOptions(found, host)
  })
  // Only now is it known which files evaluation met.
  checkSyntax(found)
  checkTracked(found, fleet.untracked)
  checkPackages(found, fleet.packageReport(hosts, report))
  checkVars(
    found,
    fleet.vars.filter(({ host }) => checked.some(({ name }) => name === host)),
  )
  if (hosts === undefined) checkAspects(found)
  return found.findings.sorted()
}
