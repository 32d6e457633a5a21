// An option that does not exist on a host may be one of another class: `homebrew` is an option of Macs, and `networking.firewall` of
// NixOS. The module system of the host cannot know, so a host of each other class is asked.

import { Attrs, type Evaluator } from "../../eval/index.js"
import { findTarget } from "../../modules/index.js"
import { joinAttrPath } from "../attr-path.js"
import { inHome } from "../frameworks/home-manager.js"
import type { HostFacts } from "../hosts/host-facts.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { HostVisits } from "../hosts/host-visits.js"
import type { Finding, HostClass } from "../model.js"
import { belongsTo } from "./findings.js"
import { moduleComplaint } from "./module-complaint.js"

export class OtherClasses {
  private readonly classes: HostFacts<HostClass>
  /** Whether hosts have an option, by its path. */
  private readonly having = new Map<string, HostFacts<boolean>>()

  constructor(
    private readonly fleet: { readonly ev: Evaluator },
    private readonly visits: HostVisits,
  ) {
    this.classes = visits.factsOf(host => host.class)
  }

  /** The finding, which says of an option of another class on which hosts it exists. No host is being visited. */
  explained(finding: Finding): Finding {
    const option = finding.code === "unknown-option" ? moduleComplaint(finding)?.option : undefined
    if (option === undefined || inHome(option) !== undefined) return finding
    const own = this.visits.names.indexOf(finding.hosts[0])
    const where = own < 0 ? undefined : this.hostsWith(option, this.classes.all()[own])
    if (where === undefined) return finding
    return belongsTo(
      `'${joinAttrPath(option)}' is an option of ${where.class} (${where.hosts.join(", ")})`,
      finding,
    )
  }

  private hostsWith(option: readonly string[], own: HostClass) {
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
    return (
      configuration instanceof Attrs && findTarget(this.fleet.ev, configuration, option).kind !== "missing"
    )
  }
}
