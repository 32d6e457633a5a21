// LOG_FILE=PATH sends the lines of LOG there: what runs inside of an editor has a stderr that is hard to get at.

import { appendFileSync } from "node:fs"
import { log, logTo } from "../base/index.js"

/** Follows LOG_FILE, and says that a program (or thread) runs. `what` names it. */
export function startLog(what: string): void {
  const { LOG_FILE } = process.env
  if (LOG_FILE !== undefined) logTo(line => appendFileSync(LOG_FILE, line))
  log("time", () => `${what} loaded, ${Math.round(process.uptime() * 1000)} ms after its process began`)
}
