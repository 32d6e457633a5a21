// An option that does not exist on a host may be one of another class: `homebrew` is an option of Macs, and `networking.firewall` of
// NixOS. The module system of the host cannot know, so a host of each other class is asked. It may also be declared by an aspect that
// the host does not import, which the texts of the fleet say, or be set in a module of the flake in place of one of a host.

import { Attrs, type Evaluator } from "../../eval/index.js"
import { findTarget } from "../../modules/index.js"
import { joinAttrPath } from "../attr-path.js"
import { inHome } from "../frameworks/home-manager.js"
import type { HostFacts } from "../hosts/host-facts.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { HostVisits } from "../hosts/host-visits.js"
import type { Finding, HostClass } from "../model.js"
import type { ErrorSurroundings } from "./error-place.js"
import { belongsTo } from "./findings.js"
import { moduleComplaint } from "./module-complaint.js"
import { declaredElsewhere, importedFromFlake } from "./other-module.js"

export class OtherClasses {
  private readonly classes: HostFacts<HostClass>
  /** Whether hosts have an option, by its path. */
  private readonly having = new Map<string, HostFacts<boolean>>()

  constructor(
    private readonly fleet: {
      readonly ev: Evaluator
      readonly errors: { readonly surroundings: ErrorSurroundings }
    },
    private readonly visits: HostVisits,
  ) {
    this.classes = visits.factsOf(host => host.class)
  }

  /** The finding, which says of an option that is not there where it is. No host is being visited. */
  explained(finding: Finding): Finding {
    const around = this.fleet.errors.surroundings
    const option = missedOption(finding)
    if (option === undefined || inHome(option) !== undefined) return finding
    const own = this.visits.names.indexOf(finding.hosts[0])
    if (own < 0) return finding
    const imported = importedFromFlake(option, finding, around)
    if (imported !== undefined) return imported
    const where = this.whereElse(option, own, finding, around)
    return where === undefined ? finding : belongsTo(where, finding)
  }

  /** The same for a finding in a module of the flake: the option may be one of hosts. */
  explainedOfFlake(finding: Finding): Finding {
    const option = missedOption(finding)
    if (option === undefined || this.hostsWith(option) === undefined) return finding
    return belongsTo(
      `'${joinAttrPath(option)}' is an option of hosts, and this file is a module of the flake: set it in an aspect`,
      finding,
    )
  }

  /** Which other hosts have an option: those of the same class by a module of the fleet, or else those of another class. */
  private whereElse(
    option: readonly string[],
    own: number,
    finding: Finding,
    around: ErrorSurroundings,
  ): string | undefined {
    const classes = this.classes.all()
    const isAlike = (host: string) => classes[this.visits.names.indexOf(host)] === classes[own]
    const declared = declaredElsewhere(option, finding, around, isAlike)
    if (declared !== undefined) return declared
    const where = this.hostsWith(option, classes[own])
    return where && `'${joinAttrPath(option)}' is an option of ${where.class} (${where.hosts.join(", ")})`
  }

  private hostsWith(option: readonly string[], own?: HostClass) {
    const classes = this.classes.all()
    const facts = this.factsOf(option)
    for (const other of new Set(classes)) {
      if (other === own || other === "homeManager" || own === "homeManager") continue
      const first = classes.indexOf(other)
      // A host of the class answers for all: a misspelled name is in none.
      if (!facts.of(place => place === first)[0]) continue
      facts.of(place => classes[place] === other)
      const hosts = this.visits.names.filter(
        (_, place) => classes[place] === other && facts.of(at => at === place)[0],
      )
      return { class: other, hosts }
    }
    return undefined
  }

  private factsOf(option: readonly string[]): HostFacts<boolean> {
    const key = joinAttrPath(option)
    const facts = this.having.get(key) ?? this.visits.factsOf(host => this.has(host, option))
    this.having.set(key, facts)
    return facts
  }

  private has(host: HostHandle, option: readonly string[]): boolean {
    const configuration = host.readable()
    if (!(configuration instanceof Attrs)) return false
    // A member of a value is no option: the value of a submodule may fail for this very name, which somebody read from afar.
    const { kind } = findTarget(this.fleet.ev, configuration, option)
    return kind === "option" || kind === "group"
  }
}

function missedOption(finding: Finding): readonly string[] | undefined {
  return finding.code === "unknown-option" ? moduleComplaint(finding)?.option : undefined
}
