// Goes through the hosts of a fleet one after the other, so that the values of one can be dropped before the next is visited.
//
// Invariant: while any host is being visited, nothing is dropped, even if other hosts are visited meanwhile.

import type { Evaluation } from "../evaluation.js"
import { HostFacts } from "./host-facts.js"
import type { HostHandle } from "./hosts.js"

export class HostVisits {
  private known: readonly string[] | undefined
  private visiting = 0
  /** The place of the host that room was made for last: what it needs may be there in part. */
  private roomFor = -1

  constructor(private readonly evaluation: Evaluation) {}

  /** Names of all hosts, in their order. */
  get names(): readonly string[] {
    return (this.known ??= this.evaluation.hostList.hosts.map(({ name }) => name))
  }

  get isVisiting(): boolean {
    return this.visiting > 0
  }

  /** Hosts by place in the list; `ahead` as in `Evaluation.makeRoom`. */
  *visit(isWanted: (place: number) => boolean, ahead = 0): Iterable<readonly [number, HostHandle]> {
    for (let place = 0; place < this.names.length; place++) {
      if (!isWanted(place)) continue
      this.makeRoom(place === this.roomFor ? 0 : ahead)
      if (ahead > 0) this.roomFor = place
      this.visiting++
      try {
        yield [place, this.evaluation.hostList.hosts[place]]
      } finally {
        this.visiting--
      }
    }
  }

  private makeRoom(ahead: number): void {
    if (this.visiting === 0) this.evaluation.makeRoom(ahead)
  }

  /** Facts that are read from every host. */
  factsOf<T>(read: (host: HostHandle, place: number) => T, ahead = 0): HostFacts<T> {
    return new HostFacts(isWanted => this.visit(isWanted, ahead), read)
  }

  /** A test for whether the host at a place has one of these names; without names, every host does. */
  among(names: readonly string[] | undefined): (place: number) => boolean {
    return place => names?.includes(this.names[place]) ?? true
  }
}
