// One kind of fact about every host of a fleet, read while the values of a host are there and kept as data after they are gone.
//
// Hosts are read one after the other, and the values of one may be dropped before the next is read. A question that was
// interrupted continues after the hosts that it has done.

import type { HostHandle } from "./host-handle.js"

/** Goes through the wanted hosts of a fleet, each with its place in the list. */
export type VisitHosts = (isWanted: (place: number) => boolean) => Iterable<readonly [number, HostHandle]>

export class HostFacts<T> {
  private readonly facts: T[] = []

  /** @param read reads a fact, which must contain no values */
  constructor(
    private readonly visit: VisitHosts,
    private readonly read: (host: HostHandle, place: number) => T,
  ) {}

  /** The facts of all hosts, in their order. */
  all(): readonly T[] {
    return this.of(() => true)
  }

  /**
   * The facts of some hosts, in their order.
   * @param tell is called with each host before it is read
   */
  of(isWanted: (place: number) => boolean, tell?: (host: HostHandle, place: number) => void): readonly T[] {
    for (const [place, host] of this.visit(place => isWanted(place) && !(place in this.facts))) {
      tell?.(host, place)
      this.at(place, host)
    }
    return this.facts.filter((_, place) => isWanted(place))
  }

  /** The fact of a host that is being visited. */
  at(place: number, host: HostHandle): T {
    if (!(place in this.facts)) this.facts[place] = this.read(host, place)
    return this.facts[place]
  }
}
