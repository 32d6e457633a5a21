// The whole check of a fleet, in the order that matters to a person: what does not parse, what cannot be opened, which options
// fail, which packages are not available, and what nobody uses.

import type { EvaluatedFleet } from "../evaluated-fleet.js"
import type { Finding } from "../model.js"
import type { Report } from "../session/session-port.js"
import {
  type CheckedFleet,
  checkAspects,
  checkFlake,
  checkOutputs,
  checkPackages,
  checkSyntax,
  checkTracked,
  checkVars,
} from "./check.js"
import { FindingList } from "./findings.js"
import type { CheckedHosts } from "./host-checks.js"
import { findingOfMember } from "./nobodys-roles.js"

/** All findings about the named hosts, or about all hosts. @throws Cancelled */
export function answerCheck(fleet: EvaluatedFleet, wanted: CheckedHosts, report: Report): Finding[] {
  const { hosts } = wanted
  const checked = fleet.named(hosts).map(({ name }) => name)
  const found: CheckedFleet = {
    ...fleet.errors.surroundings,
    get ev() {
      return fleet.ev
    },
    problems: fleet.flake.problems,
    hosts: checked,
    failures: fleet.hostList.failures,
    outputs: fleet.hostList.outputs,
    aspects: fleet.modules.aspects,
    statedClass: aspect => fleet.modules.wanted(aspect).class,
    graphsKnown: fleet.modules.isComplete && fleet.hostList.failures.length === 0,
    concerned: path => fleet.errors.concerned(path),
    explainedOfFlake: finding => fleet.checks.explainedOfFlake(finding),
    findings: new FindingList(),
  }
  checkFlake(found)
  checkOutputs(found)
  found.findings.addAll(fleet.rolesOfNobody.map(member => findingOfMember(member, found)))
  found.findings.addAll(fleet.checks.findings(wanted, report))
  // Comes last, because only now it is known which files evaluation came across.
  checkSyntax(found)
  checkTracked(found, fleet.untracked)
  checkPackages(found, fleet.checks.packages(hosts, report))
  checkVars(found, fleet.checks.vars(hosts))
  checkAspects(found)
  return found.findings.sorted()
}
