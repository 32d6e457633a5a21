// Whether a host's own files seem to set an option that does not exist.
//
// The module system finds such definitions by going through everything that any module sets, which takes half a second of CPU per
// host. A list of hosts cannot wait for that. Nearly all such mistakes are written plainly in files of the fleet, so these names are
// looked up in the option tree, and only a host that seems to have a mistake is checked in full. Computed names and modules of
// inputs are left to `check`.

import type { Attrs, Evaluator } from "../../eval/index.js"
import { allModules, isFreeform, lacksOption, type ModuleNode, tryAttrs } from "../../modules/index.js"
import { sameNames, splitAttrPath } from "../attr-path.js"
import type { AspectContainer } from "../model.js"
import type { DefinitionSite } from "../texts/definition-sites.js"
import type { SourceFiles } from "../texts/source-files.js"
import type { OwnFiles } from "./error-summary.js"

/** What is needed to know what the fleet's own files set. */
export interface OwnModules extends OwnFiles {
  readonly sources: SourceFiles
  readonly containers: readonly AspectContainer[]
  /** Whether modules without a file come from a framework, and are not written in flake.nix. */
  readonly madeByFramework: boolean
}

/** What a module may set besides options. */
const notOptions = new Set(["_class", "_file", "_module", "disabledModules", "freeformType", "key", "meta"])
/** The name of a module that has no file. */
const UNNAMED = "<unknown-file>"

/** @param configuration as `withoutCheck` gives it */
export function seemsToSetUnknown(
  ev: Evaluator,
  configuration: Attrs,
  graph: readonly ModuleNode[],
  own: OwnModules,
): boolean {
  const options = tryAttrs(ev, configuration, "options")
  if (options === undefined) return true
  if (isFreeform(ev, configuration)) return false
  for (const node of allModules(graph)) {
    if (node.disabled) continue
    if (node.file === UNNAMED && !own.madeByFramework) return true
    for (const { path } of sitesOf(node, own)) if (lacksOption(ev, options, path)) return true
  }
  return false
}

function sitesOf({ file, via }: ModuleNode, own: OwnModules): DefinitionSite[] {
  const path = own.realPath(file)
  const source = path.startsWith(`${own.root}/`) ? own.sources.get(path) : undefined
  if (source === undefined) return []
  const label = via.at(-1)
  const aspect = label === undefined ? [] : splitAttrPath(label)
  const isOfModule = (site: DefinitionSite) => sameNames(site.aspect, aspect) && !notOptions.has(site.path[0])
  return own.sources.sitesOf(source, own.containers).filter(isOfModule)
}
