// Goes through the hosts of a fleet one after the other, so that the values of one can be dropped before the next is visited.
//
// Invariant: while any host is being visited, nothing is dropped, even if other hosts are visited meanwhile.

import type { Evaluation } from "../evaluation.js"
import type { HostClass } from "../model.js"
import { HostFacts } from "./host-facts.js"
import type { HostHandle } from "./host-handle.js"

/**
 * Megabytes by which memory may be fuller for what interrupts a visit. With 600, asking a fleet of ten hosts one option after the
 * other while it is checked took 2,700 MB.
 */
const MOST_BESIDE = 350

/** Megabytes that reading a host of a class is known to need; `ahead` of `Evaluation.makeRoom`. */
export type Needs = (hostClass: HostClass) => number

export class HostVisits {
  private known: readonly { readonly name: string; readonly class: HostClass }[] | undefined
  private visiting = 0
  /** Megabytes that are still set aside for a host whose visit was interrupted: its values are there and should stay. */
  private reserved = 0

  constructor(private readonly evaluation: Evaluation) {}

  /** Names of all hosts, in their order. */
  get names(): readonly string[] {
    return this.hosts.map(({ name }) => name)
  }

  private get hosts() {
    return (this.known ??= this.evaluation.hostList.hosts.map(host => ({
      name: host.name,
      class: host.class,
    })))
  }

  get isVisiting(): boolean {
    return this.visiting > 0
  }

  /** Hosts by place in the list. */
  *visit(
    isWanted: (place: number) => boolean,
    needs: Needs = () => 0,
  ): Iterable<readonly [number, HostHandle]> {
    for (let place = 0; place < this.hosts.length; place++) {
      if (!isWanted(place)) continue
      const ahead = needs(this.hosts[place].class)
      this.makeRoom(ahead > 0 ? ahead - this.reserved : -Math.min(this.reserved, MOST_BESIDE))
      this.reserved = Math.max(this.reserved, ahead)
      this.visiting++
      try {
        yield [place, this.evaluation.hostList.hosts[place]]
        // Only if the visit was not interrupted.
        if (ahead > 0) this.reserved = 0
      } finally {
        this.visiting--
      }
    }
  }

  private makeRoom(ahead: number): void {
    if (this.visiting === 0) this.evaluation.makeRoom(ahead)
  }

  /** Facts that are read from every host. */
  factsOf<T>(read: (host: HostHandle, place: number) => T, needs?: Needs): HostFacts<T> {
    return new HostFacts(isWanted => this.visit(isWanted, needs), read)
  }

  /** A test for whether the host at a place has one of these names; without names, every host does. */
  among(names: readonly string[] | undefined): (place: number) => boolean {
    return place => names?.includes(this.hosts[place].name) ?? true
  }
}
