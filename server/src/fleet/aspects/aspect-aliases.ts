// Options that are other names for parts of the options with aspects: what is set in `eg.desktop` is kept in `den.ful.eg.desktop`.

import type { Evaluator } from "../../eval/index.js"
import {
  declaringFiles,
  definingFiles,
  fitsStep,
  type ModuleOption,
  type OptionAlias,
} from "../../modules/index.js"
import { beginsWith, splitAttrPath } from "../attr-path.js"

/** An alias as an option that holds modules, if it leads into the one that does. */
export function aliased({ path, option, of }: OptionAlias, whole: ModuleOption): ModuleOption[] {
  const target = splitAttrPath(of)
  const names = target.slice(whole.path.length)
  const leadsThere =
    beginsWith(target, whole.path) &&
    names.length <= whole.steps.length &&
    names.every((name, i) => fitsStep(name, whole.steps[i]))
  if (!leadsThere) return []
  const steps = whole.steps.slice(names.length)
  const nameAt = Math.max(0, whole.nameAt - names.length)
  return [{ ...whole, path, option, steps, nameAt, aliasOf: { whole, names } }]
}

/**
 * The files of aspects, by path. The module system takes what is set by another name for a definition by the file that declares
 * that name; which files set it is known where they do.
 */
export function filesBehind(
  ev: Evaluator,
  aliases: readonly ModuleOption[],
): (path: readonly string[], files: readonly string[]) => readonly string[] {
  const known = aliases.flatMap(({ option, aliasOf }) =>
    aliasOf === undefined
      ? []
      : [
          {
            kept: [...aliasOf.whole.path, ...aliasOf.names],
            filesOf: definingFiles(ev, option),
            declaring: declaringFiles(ev, option),
          },
        ],
  )
  return (path, files) =>
    known.reduce((behind, { kept, filesOf, declaring }) => {
      const written = beginsWith(path, kept) ? filesOf(path.slice(kept.length)) : []
      if (written.length === 0) return behind
      return [...new Set([...written, ...behind.filter(file => !declaring.includes(file))])]
    }, files)
}
