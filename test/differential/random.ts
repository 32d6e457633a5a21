// Random choices that a seed repeats: the n-th expression of a seed is the same on every machine, whatever came before it.

export interface Weighted<T> {
  readonly weight: number
  readonly item: T
}

/** A source of choices (mulberry32: 32 bits of state, good enough to choose branches). */
export class Random {
  private state: number

  constructor(seed: number, index: number) {
    this.state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
    for (let i = 0; i < 4; i++) this.fraction()
  }

  /** In [0, 1). */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }

  /** An integer from 0 up to but not including `end`. */
  below(end: number): number {
    return Math.floor(this.fraction() * end)
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error("nothing to pick from")
    return item
  }

  pickWeighted<T>(items: readonly Weighted<T>[]): T {
    let left = this.fraction() * items.reduce((sum, { weight }) => sum + weight, 0)
    for (const { weight, item } of items) {
      left -= weight
      if (left < 0) return item
    }
    return this.pick(items).item
  }

  /** Between `least` and `most` results of `make`, fewer being likelier. */
  some<T>(least: number, most: number, make: (index: number) => T): T[] {
    const span = most - least + 1
    const count = least + Math.min(this.below(span), this.below(span))
    return Array.from({ length: count }, (_, index) => make(index))
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map(item => ({ item, rank: this.fraction() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  }
}
