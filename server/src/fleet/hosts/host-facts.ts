// One kind of fact about every host of a fleet: read off a host while its values are there, kept as data when they have gone.
//
// Hosts are read one after the other, in their order, and what one needed may go before the next is taken. A question that is
// interrupted goes on behind the hosts that it has done.

import type { HostHandle } from "./hosts.js"

/** Shows those hosts of a fleet whose facts are wanted, each with its place among all. */
export type VisitHosts = (isWanted: (place: number) => boolean) => Iterable<readonly [number, HostHandle]>

export class HostFacts<T> {
  private readonly facts: T[] = []

  /** @param read whose result holds no values */
  constructor(
    private readonly visit: VisitHosts,
    private readonly read: (host: HostHandle, place: number) => T,
  ) {}

  /** Of every host, in their order. */
  all(tell?: (host: HostHandle, place: number) => void): readonly T[] {
    return this.of(() => true, tell)
  }

  /**
   * Of some hosts, in their order.
   * @param tell told of each host before it is read
   */
  of(isWanted: (place: number) => boolean, tell?: (host: HostHandle, place: number) => void): readonly T[] {
    for (const [place, host] of this.visit(place => isWanted(place) && !(place in this.facts))) {
      tell?.(host, place)
      this.at(place, host)
    }
    return this.facts.filter((_, place) => isWanted(place))
  }

  /** Of a host that is being visited. */
  at(place: number, host: HostHandle): T {
    if (!(place in this.facts)) this.facts[place] = this.read(host, place)
    return this.facts[place]
  }
}
