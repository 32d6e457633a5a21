// What looking at one value may cost. Option trees hold whole worlds (`home-manager.extraSpecialArgs` has the flake and the
// host around it in it), and an answer that takes gigabytes is none. Counting is the same on every machine, as time is not.

import { heapMegabytes } from "../eval/index.js"

/** Memory of values for one answer: known hosts of a fleet of ten, which ask each other for their keys, take 400. */
const MEGABYTES = 500

/** One for all that an answer looks at: with one each, the value, its JSON and every definition took their own 500 MB. */
export class Allowance {
  private readonly full = heapMegabytes() + MEGABYTES

  /** Whether the memory is spent, or more than so many values were looked at. */
  isSpent(values: number, most: number): boolean {
    return values > most || heapMegabytes() > this.full
  }
}
