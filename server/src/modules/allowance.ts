// What looking at one value may cost. Option trees hold whole worlds (`home-manager.extraSpecialArgs` has the flake and the
// host around it in it), and an answer that takes gigabytes is none. Counting is the same on every machine, as time is not.

import { heapMegabytes } from "../eval/index.js"

/** Memory for all that is done about one option: a tenth of what a fleet of ten hosts may take. */
const MEGABYTES = 250

export class Allowance {
  private readonly full = heapMegabytes() + MEGABYTES

  /** Whether the memory is spent, or more than so many values were looked at. */
  isSpent(values: number, most: number): boolean {
    return values > most || heapMegabytes() > this.full
  }
}
