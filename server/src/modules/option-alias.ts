// Options that are other names for options or parts of them, as `lib.mkAliasOptionModule` makes them.

import { type Attrs, type Evaluator, textOfBytes } from "../eval/index.js"
import { tryText } from "./attempt.js"

/** What an option is another name for, which only its description tells (nixpkgs' lib/modules.nix, `doRename`). */
export function aliasTarget(ev: Evaluator, option: Attrs): string | undefined {
  const target = /^Alias of \{option\}`([^`]+)`\.$/.exec(tryText(ev, option, "description") ?? "")?.[1]
  return target && textOfBytes(target)
}
