// LOG_FILE=PATH writes the log to a file: the stderr of a program inside an editor is hard to get at.

import { appendFileSync } from "node:fs"
import { log, logTo } from "../base/index.js"

/** Sets up logging by LOG_FILE, and logs that the program or thread `what` has started. */
export function startLog(what: string): void {
  const { LOG_FILE } = process.env
  if (LOG_FILE !== undefined) logTo(line => appendFileSync(LOG_FILE, line))
  log("time", () => `${what} loaded, ${Math.round(process.uptime() * 1000)} ms after its process began`)
}
