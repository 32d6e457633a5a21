// The table of answers: how each kind of question about a fleet is answered.
//
// Plans and builds are not in it: layers above make those, from `deployFacts` and `wantedBuild`.

import { bytesOf, textOfBytes, type WantedOutput } from "../../eval/index.js"
import { answerCheck } from "../check/check-fleet.js"
import type { EvaluatedFleet } from "../evaluated-fleet.js"
import { lockText } from "../flake/lock-text.js"
import type { VarFile } from "../frameworks/clan-vars.js"
import { functionAt } from "../functions.js"
import type { Fleet, Packages } from "../model.js"
import { optionOnHosts } from "../options/option-on-hosts.js"
import { packageOnHosts } from "../packages/package-on-hosts.js"
import { packagesAnswer } from "../packages/packages.js"
import type { SourceRequest } from "../sources/source-supply.js"
import { requestFor } from "../sources/sources.js"
import { systemSnapshots, toplevels } from "../system-snapshot.js"
import { changedPaths, watchedPaths } from "../watched-paths.js"
import type { FolderNames } from "./folder-names.js"
import type { Answers, Kind, Lock, QuestionOf } from "./questions.js"
import type { Report } from "./session-port.js"
import { withTextPaths } from "./text-paths.js"

export type EvaluatedKind = Exclude<Kind, "plan" | "stageBuild">

type Rows = {
  readonly [K in EvaluatedKind]: (
    fleet: EvaluatedFleet,
    question: QuestionOf<K>,
    report: Report,
    names: FolderNames,
  ) => Answers[K]
}

const rows: Rows = {
  outline: fleet => fleet.outline,
  importers: (fleet, { aspects }) => fleet.importers(aspects),
  load: (fleet, _, report) => fleet.describe(report),
  hosts: (fleet, { hosts }, report) => fleet.hosts(report, hosts),
  aspects: (fleet, _, report) => {
    report({ message: "reading the modules of all hosts" })
    return { hosts: fleet.hostList.hosts.map(({ name }) => name), aspects: fleet.modules.aspects }
  },
  vars: varsOf,
  definedIn: (fleet, { files }) => fleet.definedIn(files.map(bytesOf)),
  systems: (fleet, { hosts, options }, report) => systemSnapshots(fleet, hosts, options, report),
  toplevels: (fleet, { hosts }, report) => toplevels(fleet, hosts, report),
  option: optionOnHosts,
  function: (fleet, { root, path }) => functionAt(fleet, root, path),
  package: (fleet, { path, hosts }, report) => packageOnHosts(fleet, path, hosts, report),
  check: answerCheck,
  checkSoFar: (fleet, { hosts }, report) =>
    answerCheck(fleet, { hosts }, report).filter(({ code }) => code !== "fallback-removable"),
  why: (fleet, { path }, report, { toReal }) => {
    report({ message: `looking for ${path}` })
    return fleet.why(bytesOf(toReal(path)))
  },
  packages: (fleet, _, report) => fleet.packages(report),
  watched: ({ files, flake, imported }, _, __, { toOpened }) =>
    watchedPaths(files, flake.sourceRoot, imported, toOpened),
  changed: ({ files, flake }, _, __, { toOpened }) => changedPaths(files, flake.sourceRoot).map(toOpened),
  wanted: wantedBy,
  lock: lockOf,
}

/** @throws Cancelled, and Error with words for people where there is no answer */
export function answer<K extends EvaluatedKind>(
  fleet: EvaluatedFleet,
  question: QuestionOf<K>,
  report: Report,
  names: FolderNames,
): Answers[K] {
  return withTextPaths(rows[question.kind](fleet, question, report, names), names.toOpened)
}

function varsOf(fleet: EvaluatedFleet, { hosts }: QuestionOf<"vars">, report: Report): readonly VarFile[] {
  report({ message: "reading vars" })
  const { hosts: all, failures } = fleet.hostList
  // A fleet may well have no vars. If it has no hosts because the flake fails, that has to be said.
  if (all.length === 0 && failures.length > 0) throw new Error(fleet.errors.explain(failures[0].error))
  return fleet.checks.vars(hosts)
}

function wantedBy({ flake, wanted }: EvaluatedFleet): readonly SourceRequest[] {
  const requests = new Map(wanted)
  for (const { problem, locked } of flake.inputs.filter(({ name }) => !name.includes("/"))) {
    const request = problem === undefined || locked === undefined ? undefined : requestFor(locked)
    if (request !== undefined) requests.set(JSON.stringify(request), request)
  }
  return [...requests.values()]
}

function lockOf({ flake }: EvaluatedFleet): Lock {
  const wrong = flake.problems.find(
    ({ severity, code }) => severity === "error" && code !== "flake-input-missing",
  )
  if (wrong !== undefined) throw new Error(wrong.message)
  const { root, lock } = flake
  return { root: textOfBytes(root), text: textOfBytes(lockText(lock)), isEmpty: lock.inputs.size === 0 }
}

/** What the build of a derivation needs; undefined if evaluation does not need the derivation any more. */
export function wantedBuild(
  fleet: EvaluatedFleet,
  derivation: string,
  report: Report,
): WantedOutput | undefined {
  const drvPath = bytesOf(derivation)
  const known = outputOf(fleet, drvPath)
  if (known !== undefined) return known
  // The values of its host were dropped since: checking the host that needs the derivation makes it again. `uses` reads all hosts,
  // so it is asked for before one is held.
  void fleet.errors.surroundings.uses
  for (const host of fleet.oneByOne()) {
    report({ message: `checking ${host.name}` })
    fleet.checks.options(host)
    const found = outputOf(fleet, drvPath)
    if (found !== undefined) return found
  }
  return undefined
}

function outputOf({ ev: { store } }: EvaluatedFleet, drvPath: string): WantedOutput | undefined {
  const [output] = store.derivations.get(drvPath)?.outputs.keys() ?? []
  const outPath = output === undefined ? undefined : store.outPath(drvPath, output)
  if (output === undefined || outPath === undefined) return undefined
  return { drvPath, output, outPath, closure: () => store.closure(drvPath) }
}

/** What a deploy needs to know beyond the fleet itself. */
export interface DeployedFleet {
  readonly fleet: Fleet
  readonly clan: boolean
  /** There is no flake.nix, so that no tool takes a flake reference. */
  readonly flakeless?: true
  readonly vars: readonly VarFile[]
  readonly broken: Packages["broken"]
}

/**
 * What a plan is made from. Packages are looked at only for the hosts that are deployed, since all of a fleet of 28 take minutes;
 * vars for all hosts, since clan generates them for all.
 */
export function deployFacts(fleet: EvaluatedFleet, hosts: readonly string[], report: Report): DeployedFleet {
  return {
    fleet: fleet.describe(report),
    clan: fleet.isClan,
    ...(fleet.flake.isFlakeless ? { flakeless: true as const } : {}),
    vars: fleet.checks.vars(),
    broken: packagesAnswer(fleet.checks.packages(hosts, report)).broken,
  }
}
