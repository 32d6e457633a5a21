// What a parser of a data format calls for each datum, so that it can make values without knowing what a value is.

/** Makes a `T` of each kind of datum. Texts are byte strings. */
export interface DataBuilder<T> {
  null(): T
  bool(value: boolean): T
  /** An integer of 64 bits: a number where that is exact, else a bigint. */
  int(value: number | bigint): T
  float(value: number): T
  string(text: string): T
  list(elements: T[]): T
  /** Where the format lets a key repeat, the last one is here. */
  attrs(members: ReadonlyMap<string, T>): T
}
