// What the shell's `times` says: CPU seconds of a program and all its threads.

/** Runs the program that follows as arguments, without its answer, and then says what it took. */
export const timesScript = '"$@" >/dev/null && times'

/** Seconds of all children of the shell, in user and in system mode together. */
export function secondsOfChildren(times: string): number {
  const ofChildren = times.trim().split("\n").at(-1) ?? ""
  return Array.from(ofChildren.matchAll(/(\d+)m([\d.]+)s/g))
    .map(([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds))
    .reduce((sum, seconds) => sum + seconds, 0)
}
