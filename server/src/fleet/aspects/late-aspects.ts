// Aspects that only evaluating the hosts makes (see `lateModuleOptions`). They are collected host by host, since the values of one
// host may be gone when the next is read.

import { type HostModules, labelsOf } from "../hosts/host-modules.js"
import { aspectKey, aspectOf } from "./aspect-path.js"
import { type HeldAspects, joinedAspects, keysOf } from "./aspects.js"

export class LateAspects {
  private readonly tried = new Set<string>()
  private joined: HeldAspects = { containers: [], sightings: [], written: new Map() }
  private seen: ReadonlySet<string> = new Set()

  get held(): HeldAspects {
    return this.joined
  }

  /**
   * Adds the aspects of a host. Most hosts have aspects that those before have, and then nothing is searched.
   * @param find finds the aspects with some labels, while the host's values are there
   */
  add(modules: HostModules, find: (labels: readonly string[]) => HeldAspects): void {
    const isKnown = (label: string) => {
      const aspect = aspectOf(label, this.joined.containers)
      return aspect !== undefined && this.seen.has(aspectKey(aspect))
    }
    const labels = [...labelsOf(modules)].filter(label => !this.tried.has(label) && !isKnown(label))
    if (labels.length === 0) return
    this.joined = joinedAspects([this.joined, find(labels)])
    this.seen = keysOf(this.joined.sightings)
    for (const label of labels) this.tried.add(label)
  }
}
