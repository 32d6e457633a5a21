// Diagnostics for developers, on stderr, chosen by topic: LOG=modules,time. Never holds the content of a secret.

const topics = new Set((process.env.LOG ?? "").split(",").filter(Boolean))

/** Writes one line if the topic was asked for. `message` is a function so that silence costs nothing. */
export function log(topic: string, message: () => string): void {
  if (topics.has(topic)) process.stderr.write(`[${topic}] ${message()}\n`)
}
