// Finds the message in what Nix prints when an evaluation fails: after the last `error:`, up to its place in the source. Its further
// lines have the same indentation.

/** The first line of the message: the failure itself, without the trace to it. */
export function firstLineOfNix(stderr: string): string {
  const [first] = stderr
    .slice(stderr.lastIndexOf("error:") + "error:".length)
    .trimStart()
    .split("\n")
  return first
}

/** The whole message. */
export function messageOfNix(stderr: string): string {
  const last = stderr.slice(stderr.lastIndexOf("error: ") + "error: ".length)
  const [first, ...rest] = last.trimEnd().split("\n")
  const end = rest.findIndex(line => /^ +at .*:\d+:\d+:$|^ +Did you mean |^ *Try '/.test(line))
  const lines = end < 0 ? rest : rest.slice(0, end)
  return [first, ...lines.map(line => line.trim())].join("\n")
}
