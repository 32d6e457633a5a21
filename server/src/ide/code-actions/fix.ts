// The titles of quick fixes: "Fetch inputs", "Build X", "git add --intent-to-add FILE", "Update flake.lock".

import { basename } from "node:path"
import type { FindingFix } from "../../fleet/index.js"

/** A fix that is more than an edit. */
export type FindingCommand = Exclude<FindingFix, { readonly kind: "rename" | "remove" }>

/** What a menu calls a fix. Files are shown relative to `root`. */
export function fixTitle(fix: FindingCommand, root: string): string {
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
