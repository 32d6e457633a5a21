// Once a run, before the first test: the packaged extension is installed for every editor that the tests open. After a
// test that failed: a picture of what could be seen.

import type { Context } from "mocha"
import { installExtension, pictureFailure } from "./editor.js"

/** Called by mocha. */
export async function mochaGlobalSetup(): Promise<void> {
  await installExtension()
}

/** Read by mocha. */
export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    if (this.currentTest?.state === "failed") await pictureFailure(this.currentTest.title)
  },
}
