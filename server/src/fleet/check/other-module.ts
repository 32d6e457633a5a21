// An option that a host does not have, and why that is a matter of modules: the module that declares it is not imported, or the one
// that sets it is for something else.

import { leadsToAspects } from "../aspects/aspect-path.js"
import { usesOfFile } from "../aspects/module-uses.js"
import { beginsWith, joinAttrPath } from "../attr-path.js"
import type { Finding } from "../model.js"
import { moduleAt } from "../texts/definition-sites.js"
import { sourceRange } from "../texts/source-files.js"
import { findPathTo } from "../texts/tree-search.js"
import type { ErrorSurroundings } from "./error-place.js"
import { shortPath } from "./error-summary.js"
import { belongsTo } from "./findings.js"

/** For a file that defines aspects and is imported by a host: the finding at that import. */
export function importedFromFlake(
  option: readonly string[],
  finding: Finding,
  around: ErrorSurroundings,
): Finding | undefined {
  if (!leadsToAspects(option, around.containers)) return undefined
  const isOfHosts = (path: string) =>
    (around.uses.get(path) ?? []).some(({ host }) => finding.hosts.includes(host))
  const places = around.files
    .filter(({ path }) => path !== finding.file && isOfHosts(path))
    .flatMap(file => {
      const range = findPathTo(file, finding.file)
      return range === undefined ? [] : [sourceRange(file, range)]
    })
  const why = `'${shortPath(finding.file, around)}' defines aspects, for the flake: import one of them, and not the file`
  const found = belongsTo(why, finding)
  const related = [{ file: finding.file, ...finding.range.start, message: "the option is set here" }]
  return places.length === 0 ? found : { ...found, ...places[0], related }
}

/** What declares an option that certain other hosts have, if a file of the fleet does. */
export function declaredElsewhere(
  option: readonly string[],
  finding: Finding,
  around: ErrorSurroundings,
  isOther: (host: string) => boolean,
): string | undefined {
  for (const file of around.files) {
    const declared = around.sources.placesOf(file).find(({ names }) => declares(names, option))
    if (declared === undefined) continue
    const { aspect } = moduleAt(declared.names, around.containers)
    const uses = around.uses.get(file.path) ?? []
    const users =
      aspect.length > 0
        ? usesOfFile(around.uses, file.path, aspect)
        : [...new Set(uses.map(({ host }) => host))]
    const having = users.filter(isOther)
    if (having.length === 0 || finding.hosts.some(host => users.includes(host))) continue
    const path = shortPath(file.path, around)
    const by = aspect.length === 0 ? `'${path}'` : `the aspect '${joinAttrPath(aspect.slice(-2))}' (${path})`
    const have = having.length === 1 ? "has" : "have"
    return `'${joinAttrPath(option)}' is declared by ${by}, which ${having.join(", ")} ${have} as a module`
  }
  return undefined
}

/** The variable that holds a module may be called `options`, too. */
function declares(names: readonly string[], option: readonly string[]): boolean {
  const first = names.indexOf("options")
  const path = names.slice(names[first + 1] === "options" ? first + 2 : first + 1)
  return first >= 0 && beginsWith(path, option)
}
