// What the file system may refuse without harm: keeping something for the next run, and reading what an earlier one kept.

import { log } from "../base/index.js"

/** Does something with what is kept. Undefined if the file system refuses, which is only logged. */
export function unlessRefused<T>(act: "read" | "write", work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException
    if (code === "") throw error
    if (code !== "ENOENT") log("code", () => `could not ${act} kept code: ${code}`)
    return undefined
  }
}
