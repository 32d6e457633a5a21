// Where a command writes to. Writes are synchronous: the answer is out before anybody can end the process, and what two threads
// write stays in order.

import { writeSync } from "node:fs"
import { isatty } from "node:tty"

export interface Terminal {
  /** Writes to stdout: the answer, and nothing else. */
  out(text: string | Uint8Array): void
  /** Writes to stderr. */
  err(text: string | Uint8Array): void
  /** Whether stdout takes colours. */
  readonly colour: boolean
  /** Columns of stdout; infinite when it is no terminal. */
  readonly width: number
  /** Whether a person can be asked: both stdin and stderr are a terminal. */
  readonly asks: boolean
}

/** The terminal of this process. Colours unless NO_COLOR is set or stdout is no terminal. */
export function processTerminal(): Terminal {
  const { env } = process
  // `process.stdout` of a pipe is not touched: opening it would make writes asynchronous.
  const stdout = isatty(1) ? process.stdout : undefined
  return {
    out: text => writeAll(1, text),
    err: text => writeAll(2, text),
    colour: stdout !== undefined && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb",
    width: stdout?.columns ?? Number.POSITIVE_INFINITY,
    asks: isatty(0) && isatty(2),
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Writes all bytes to a file descriptor. If the reader has gone (`| head`), ends the process quietly, as SIGPIPE would. */
export function writeAll(fd: number, text: string | Uint8Array): void {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === "EPIPE") process.exit(141)
      if (code !== "EAGAIN") throw error
      // A non-blocking pipe is full: give its reader a moment.
      Atomics.wait(pause, 0, 0, 5)
    }
  }
}
