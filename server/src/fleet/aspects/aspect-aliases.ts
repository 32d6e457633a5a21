// Options that are other names for parts of the options with aspects: what is set in `eg.desktop` is kept in `den.ful.eg.desktop`.

import { fitsStep, type ModuleOption, type OptionAlias } from "../../modules/index.js"
import { beginsWith, splitAttrPath } from "../attr-path.js"

/** An alias as an option that holds modules, if it leads into the one that does. */
export function aliased({ path, of }: OptionAlias, whole: ModuleOption): ModuleOption[] {
  const target = splitAttrPath(of)
  const names = target.slice(whole.path.length)
  const leadsThere =
    beginsWith(target, whole.path) &&
    names.length <= whole.steps.length &&
    names.every((name, i) => fitsStep(name, whole.steps[i]))
  if (!leadsThere) return []
  const steps = whole.steps.slice(names.length)
  const nameAt = Math.max(0, whole.nameAt - names.length)
  return [{ ...whole, path, steps, nameAt, aliasOf: { whole, names } }]
}
