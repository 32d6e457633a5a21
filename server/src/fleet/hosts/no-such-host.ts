// What is said to whoever asks for a host that is not there.

/** @param known the names of all hosts */
export function noSuchHost(name: string, known: readonly string[]): string {
  return `there is no host '${name}'; ${known.length === 0 ? "the fleet has none" : `the hosts are ${known.join(", ")}`}`
}
