// Once a run, before the first test: the packaged extension is installed for every editor that the tests open.

import { installExtension } from "./editor.js"

/** Called by mocha. */
export async function mochaGlobalSetup(): Promise<void> {
  await installExtension()
}
