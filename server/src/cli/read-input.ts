// What a command line names to be read: a file, or stdin for `-`.

import { readFileSync } from "node:fs"
import { Failure } from "./command.js"

/** @throws Failure for what cannot be read */
export function readInput(file: string, encoding: "utf8" | "latin1" = "utf8"): string {
  try {
    return readFileSync(file === "-" ? 0 : file, encoding)
  } catch (error) {
    throw new Failure(`cannot read '${file}': ${(error as Error).message}`)
  }
}
