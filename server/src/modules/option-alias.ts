// Options that are other names for parts of others, which `lib.mkAliasOptionModule` makes: what is set in `eg.desktop` is kept in
// `den.ful.eg.desktop`.

import { type Attrs, type Evaluator, selectionPath, textOfBytes } from "../eval/index.js"
import type { ModuleOption } from "./aspect-options.js"
import { tryText } from "./attempt.js"
import { fitsStep } from "./module-step.js"

export interface Alias {
  readonly path: readonly string[]
  readonly of: readonly string[]
}

/** What an option is another name for, which only its description tells (nixpkgs' lib/modules.nix, `doRename`). */
export function aliasTarget(ev: Evaluator, option: Attrs): string[] | undefined {
  const target = /^Alias of \{option\}`([^`]+)`\.$/.exec(tryText(ev, option, "description") ?? "")?.[1]
  return target === undefined ? undefined : selectionPath(textOfBytes(target))
}

/** An alias as an option that holds modules, if it leads into the one that does. */
export function aliased({ path, of }: Alias, whole: ModuleOption): ModuleOption[] {
  const names = of.slice(whole.path.length)
  const leadsThere =
    whole.path.every((name, i) => of[i] === name) &&
    names.length <= whole.steps.length &&
    names.every((name, i) => fitsStep(name, whole.steps[i]))
  if (!leadsThere) return []
  const steps = whole.steps.slice(names.length)
  const nameAt = Math.max(0, whole.nameAt - names.length)
  return [{ ...whole, path, steps, nameAt, aliasOf: { whole, names } }]
}
