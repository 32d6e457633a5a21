// Aspects that only evaluating the hosts makes (see `lateModuleOptions`). They are collected host by host, since the values of one
// host may be gone when the next is read.

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
   * Adds the aspects of a host. Most hosts have aspects of the same options as those before, and then nothing is searched.
   * @param find finds the aspects with some labels, while the host's values are there
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
