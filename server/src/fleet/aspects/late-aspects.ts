// Aspects that come about only with the hosts: where the names of the hosts are written out, nobody has to know an aspect to
// list them. They are read off host by host, since what one host needed may be gone when the next is looked at.

import { type HostModules, labelsOf } from "../hosts/host-modules.js"
import { aspectOf } from "./aspect-path.js"
import { type HeldAspects, joinedAspects } from "./aspects.js"

export class LateAspects {
  private readonly tried = new Set<string>()
  private joined: HeldAspects = { containers: [], sightings: [] }

  get held(): HeldAspects {
    return this.joined
  }

  /**
   * Takes note of a host. Most hosts know aspects of the same options as those before: then nothing is looked for.
   * @param find what options hold aspects with some labels, while the host's values are there
   */
  add(modules: HostModules, find: (labels: readonly string[]) => HeldAspects): void {
    const { containers } = this.joined
    const labels = [...labelsOf(modules)].filter(
      label => !this.tried.has(label) && aspectOf(label, containers) === undefined,
    )
    if (labels.length > 0) this.joined = joinedAspects([this.joined, find(labels)])
    for (const label of labels) this.tried.add(label)
  }
}
