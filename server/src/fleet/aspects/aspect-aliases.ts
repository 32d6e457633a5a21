// Options that are other names for parts of the options with aspects: what is set in `eg.desktop` is kept in `den.ful.eg.desktop`.

import { type Evaluator, identityOf } from "../../eval/index.js"
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
  const otherNames = whole.otherNames.flatMap(({ below, ...other }) =>
    below.length < names.length ? [] : [{ ...other, below: below.slice(names.length) }],
  )
  return [{ ...whole, path, option, steps, nameAt, otherNames, aliasOf: { whole, names } }]
}

/** What the module system calls a module that has no file, as those are that a submodule makes itself. */
const UNNAMED = "<unknown-file>"

/**
 * The files of aspects, where the module system names others. It takes what is set by another name for a definition by the file
 * that declares that name; which files set it is known where they do.
 */
export function filesBehind(
  ev: Evaluator,
  options: readonly ModuleOption[],
): (path: readonly string[], files: readonly string[]) => readonly string[] {
  const distinct = [...new Map(options.map(it => [identityOf(it.option), it])).values()]
  const isAlias = ({ aliasOf }: ModuleOption) => aliasOf !== undefined
  const known = [...distinct.filter(it => !isAlias(it)), ...distinct.filter(isAlias)].map(
    ({ path, option, otherNames, aliasOf }) => ({
      kept: aliasOf === undefined ? path : [...aliasOf.whole.path, ...aliasOf.names],
      filesOf: definingFiles(ev, option, otherNames),
      others: aliasOf === undefined ? [UNNAMED] : [UNNAMED, ...declaringFiles(ev, option)],
    }),
  )
  return (path, files) =>
    known
      .reduce((behind, { kept, filesOf, others }) => {
        const written = beginsWith(path, kept) ? filesOf(path.slice(kept.length)) : []
        if (written.length === 0) return behind
        return [...new Set([...written, ...behind.filter(file => !others.includes(file))])]
      }, files)
      .filter(file => file !== UNNAMED)
}
