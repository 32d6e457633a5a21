// Diagnostics for developers, on stderr, chosen by topic: LOG=modules,time. Never holds the content of a secret.
//
// Every line carries the time of day, because what a person waits for runs in several processes and threads.

const topics = new Set((process.env.LOG ?? "").split(",").filter(Boolean))
let write = (line: string): void => void process.stderr.write(line)

/** Writes one line if the topic was asked for. `message` is a function so that silence costs nothing. */
export function log(topic: string, message: () => string): void {
  if (topics.has(topic)) write(`${new Date().toISOString().slice(11, 23)} [${topic}] ${message()}\n`)
}

/** Sends the lines elsewhere from now on. */
export function logTo(writer: (line: string) => void): void {
  write = writer
}
