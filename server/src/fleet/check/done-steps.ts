// What a check of one host has found so far. It takes half a minute of a large host, a hover interrupts it, and the values of the
// host may be dropped meanwhile. When it goes on, it takes its steps again, and those that it has done cost nothing.

export class DoneSteps<T> {
  private readonly results = new Map<string, T>()

  /**
   * What a step finds.
   * @param key names the step among all of the host
   */
  once(key: string, step: () => T): T {
    const known = this.results.get(key)
    if (known !== undefined) return known
    const result = step()
    this.results.set(key, result)
    return result
  }
}
