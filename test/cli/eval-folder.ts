// A folder with a few Nix files, and what `canopy eval` says in it.

import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { block } from "../harness/block.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { canopy, type RunSettings } from "./canopy.js"

/** Where `prints` and `fails` ask. */
export const folder = temporaryFolder("eval")

const files = {
  "default.nix": '{ name ? "nobody", n ? 1 }: { hello = name; twice = n * 2; }\n',
  "first.nix": "let\n  list = [ ];\n  first = builtins.head list;\nin\n{\n  inherit first;\n}\n",
  "names.nix": "{ value = 1; }.value.${./sub} or 2\n",
  "broken.nix": "{\n  a = ;\n}\n",
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)

/** Fails unless `canopy eval` prints exactly `expected` and ends well. */
export function prints(args: readonly string[], expected: string, settings: RunSettings = {}): void {
  const { status, stdout, stderr } = canopy(["eval", ...args], { folder, ...settings })
  assert.deepEqual({ stdout, stderr, status }, { stdout: expected, stderr: "", status: 0 })
}

/** Fails unless `canopy eval` prints exactly this error, indentation of the test apart, and ends with status 1. */
export function fails(args: readonly string[], expected: string): void {
  const { status, stdout, stderr } = canopy(["eval", ...args], { folder })
  const shown = stderr.replaceAll(folder, "/folder")
  assert.deepEqual({ stderr: shown, stdout, status }, { stderr: block(expected), stdout: "", status: 1 })
}
