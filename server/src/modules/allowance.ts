// Limits what looking at one value may cost. Options may contain whole worlds (`home-manager.extraSpecialArgs` has the flake and the
// host in it), and an answer that takes gigabytes is useless. Memory is counted and not time, since it is the same on every machine.

import { heapMegabytes } from "../eval/index.js"

/** Megabytes of values for one answer. The known hosts of a fleet of ten, which read each other's keys, take 400. */
const MEGABYTES = 500

/**
 * One allowance is shared by a whole answer: with one each, the value, its JSON and every definition took 500 MB of their own. It
 * counts from the first look: what it takes to have the value at all is no part of it, such as all of the host for
 * `system.build.toplevel`, which then is one name.
 */
export class Allowance {
  private full: number | undefined

  constructor(private readonly megabytes = MEGABYTES) {}

  /** Whether the memory is used up, or more than so many values were looked at. */
  isSpent(values: number, most: number): boolean {
    this.full ??= heapMegabytes() + this.megabytes
    return values > most || heapMegabytes() > this.full
  }
}
