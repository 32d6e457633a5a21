// Peeksort, the stable natural merge sort of Munro and Wild ("Nearly-Optimal Mergesorts", 2018), as `builtins.sort` does it.
//
// Which elements are compared is visible, in the error of a comparison that fails, and in the result of a comparator that is no order.
// So the comparisons are exactly those of Nix: short ranges are sorted by insertion, longer ones by merging the runs at both ends and
// across the middle.

/** Ranges up to this length are sorted by insertion. */
const SHORT = 16

/** Sorts the items in place. Even if `less` is no order at all, the result has the same items. */
export function peekSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  if (items.length === 2) {
    if (less(items[1], items[0])) items.reverse()
  } else if (items.length > 2) new Sorting(items, less).sort(0, items.length, 0, items.length)
}

/** All ranges are from `begin` up to but not including `end`. */
class Sorting<T> {
  constructor(
    private readonly items: T[],
    private readonly less: (a: T, b: T) => boolean,
  ) {}

  /** Sorts a range that is sorted already up to `leftEnd`, and again from `rightBegin`. */
  sort(begin: number, end: number, leftEnd: number, rightBegin: number): void {
    if (leftEnd === end || rightBegin === begin) return
    if (end - begin <= SHORT) return this.insert(begin, end)
    const middle = begin + ((end - begin) >> 1)
    if (middle <= leftEnd) {
      this.sort(leftEnd, end, leftEnd + 1, rightBegin)
      this.merge(begin, leftEnd, end)
    } else if (middle >= rightBegin) {
      this.sort(begin, rightBegin, leftEnd, rightBegin - 1)
      this.merge(begin, rightBegin, end)
    } else this.sortAround(begin, end, leftEnd, rightBegin, middle)
  }

  /** The same with the run across the middle, which goes to the half that has less of it. */
  private sortAround(begin: number, end: number, leftEnd: number, rightBegin: number, middle: number): void {
    const isFalling = this.falls(middle)
    let from = middle - 1
    while (from > leftEnd && this.falls(from) === isFalling) from--
    let to = middle
    // The pair in the middle is compared once more.
    while (to < rightBegin && this.falls(to) === isFalling) to++
    if (isFalling) this.reverse(from, to)
    if (from === begin && to === end) return
    if (middle - from < to - middle) {
      this.sort(begin, from, leftEnd, from - 1)
      this.sort(from, end, to, rightBegin)
      this.merge(begin, from, end)
    } else {
      this.sort(begin, to, leftEnd, from)
      this.sort(to, end, to + 1, rightBegin)
      this.merge(begin, to, end)
    }
  }

  /** Whether an item is less than the one before it. */
  private falls(at: number): boolean {
    return this.less(this.items[at], this.items[at - 1])
  }

  private insert(begin: number, end: number): void {
    for (let current = begin + 1; current < end; current++)
      for (let at = current; at > begin && this.falls(at); at--) this.swap(at, at - 1)
  }

  private swap(a: number, b: number): void {
    const item = this.items[a]
    this.items[a] = this.items[b]
    this.items[b] = item
  }

  private reverse(from: number, to: number): void {
    for (let left = from, right = to - 1; left < right; left++, right--) this.swap(left, right)
  }

  /** Of equal items that from the left run comes first. */
  private merge(begin: number, middle: number, end: number): void {
    const { items, less } = this
    const left = items.slice(begin, middle)
    const right = items.slice(middle, end)
    let [l, r, at] = [0, 0, begin]
    while (l < left.length && r < right.length) items[at++] = less(right[r], left[l]) ? right[r++] : left[l++]
    while (l < left.length) items[at++] = left[l++]
    while (r < right.length) items[at++] = right[r++]
  }
}
