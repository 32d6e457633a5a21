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

/** Megabytes of values from which a host is large: one option takes 100 at most, `environment.etc` 800. */
const LARGE = 200

/** What comes in JavaScript with so many values, such as texts and derivations. */
const WITH_JAVASCRIPT = 1.5

/** What reading a host does to memory, in megabytes. */
export interface Room {
  /** So much it is known to need. */
  readonly needed?: number
  /** By so much memory may be fuller for it. */
  readonly beyond?: number
}

export type RoomOf = (hostClass: HostClass) => Room

export class HostVisits {
  private known: readonly { readonly name: string; readonly class: HostClass }[] | undefined
  private visiting = 0
  /** Megabytes that are still set aside for a host whose visit was interrupted: its values are there and should stay. */
  private reserved = 0
  /** Megabytes of values that the host took which was visited last. */
  private grown = 0

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
    roomOf: RoomOf = () => ({}),
  ): Iterable<readonly [number, HostHandle]> {
    for (let place = 0; place < this.hosts.length; place++) {
      if (!isWanted(place)) continue
      const room = roomOf(this.hosts[place].class)
      const { needed = 0 } = room
      this.makeRoom(this.ahead(room))
      this.reserved = Math.max(this.reserved, needed)
      const before = this.evaluation.megabytes
      this.visiting++
      try {
        yield [place, this.evaluation.hostList.hosts[place]]
        // Only if the visit was not interrupted.
        if (needed > 0) this.reserved = 0
      } finally {
        this.visiting--
        this.grown = this.evaluation.megabytes - before
      }
    }
  }

  /**
   * `ahead` of `Evaluation.makeRoom`, below 0 where memory may be fuller. A host of which nothing is known takes what the last one took:
   * what is large on one host is so on the next.
   */
  private ahead({ needed, beyond = 0 }: Room): number {
    if (needed !== undefined) return needed - this.reserved
    if (this.reserved > 0) return -beyond - Math.min(this.reserved, MOST_BESIDE)
    return beyond === 0 && this.grown >= LARGE ? this.grown * WITH_JAVASCRIPT : -beyond
  }

  private makeRoom(ahead: number): void {
    if (this.visiting === 0) this.evaluation.makeRoom(ahead)
  }

  /** Facts that are read from every host. */
  factsOf<T>(read: (host: HostHandle, place: number) => T, roomOf?: RoomOf): HostFacts<T> {
    return new HostFacts(isWanted => this.visit(isWanted, roomOf), read)
  }

  /** A test for whether the host at a place has one of these names; without names, every host does. */
  among(names: readonly string[] | undefined): (place: number) => boolean {
    return place => names?.includes(this.hosts[place].name) ?? true
  }
}
