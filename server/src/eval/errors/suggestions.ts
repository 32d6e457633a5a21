// "Did you mean": names that are similar to what was written, chosen as Nix does.

/** So many letters may differ, and so many names are offered. */
const MOST_DIFFERENT = 2
const MOST_OFFERED = 5

/** A name that was looked for, and those that are there. */
export type Search = readonly [wanted: string, names: Iterable<string>]

/** The sentence that offers names like `wanted`; undefined where none is near. */
export function didYouMean(wanted: string, names: Iterable<string>): string | undefined {
  return didYouMeanOneOf([[wanted, names]])
}

/** As `didYouMean`, where a name was looked for in several places. */
export function didYouMeanOneOf(searches: readonly Search[]): string | undefined {
  const near = nearNames(searches)
  if (near.length === 0) return undefined
  if (near.length === 1) return `Did you mean ${near[0]}?`
  return `Did you mean one of ${near.slice(0, -1).join(", ")} or ${near[near.length - 1]}?`
}

/** The names that are similar to what was looked for, the most similar first. */
export function nearNames(searches: readonly Search[]): string[] {
  const candidates = searches.flatMap(([wanted, names]) =>
    Array.from(names, name => ({ name, distance: distance(wanted, name) })),
  )
  const sorted = candidates
    .filter(candidate => candidate.distance <= MOST_DIFFERENT)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
  return [...new Set(sorted)].slice(0, MOST_OFFERED)
}

/** How many letters have to be added, removed or replaced. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_DIFFERENT) return MOST_DIFFERENT + 1
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1]
    for (let j = 0; j < b.length; j++)
      row.push(Math.min(row[j] + 1, above[j + 1] + 1, above[j] + (a[i] === b[j] ? 0 : 1)))
    above = row
  }
  return above[b.length]
}
