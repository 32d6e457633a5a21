// "Fetch inputs", "Build X", "git add --intent-to-add FILE", "Update flake.lock": at the finding that they mend.

import { basename } from "node:path"
import type { FindingFix } from "../../fleet/index.js"

/** Runs the command of the same name, `canopy.KIND`, with the fix as its argument. */
export interface FixAction {
  readonly kind: "fix"
  readonly title: string
  readonly fix: FindingFix
}

export function fixAction(fix: FindingFix, root: string): FixAction {
  return { kind: "fix", title: titleOf(fix, root), fix }
}

function titleOf(fix: FindingFix, root: string): string {
  switch (fix.kind) {
    case "fetch":
      return "Fetch inputs"
    case "build":
      return `Build ${derivationName(fix.derivation)}`
    case "track":
      return `git add --intent-to-add ${fix.path.startsWith(`${root}/`) ? fix.path.slice(root.length + 1) : fix.path}`
    case "lock":
      return "Update flake.lock"
  }
}

/** `hello` of `/nix/store/HASH-hello.drv`. */
export function derivationName(path: string): string {
  return basename(path, ".drv").replace(/^[0-9a-z]{32}-/, "")
}
