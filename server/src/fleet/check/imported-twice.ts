// An aspect that declares options and that a host imports twice: by itself and with another aspect, say.
//
// The module system imports a file once, however often it is named, but knows aspects by nothing. So it says of each of those options
// that it is declared already, by the very module that declares it, and not who imports that.

import type { EvalError } from "../../eval/index.js"
import type { ModuleNode } from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"
import type { SourceRange } from "../model.js"
import { sourceRange } from "../texts/source-files.js"
import type { ErrorSurroundings } from "./error-place.js"
import { isOwnFile } from "./error-summary.js"
import { declaredAgain } from "./module-complaint.js"
import { compareRanges } from "./place-order.js"
import { mentionsOf } from "./refused-import.js"

export interface ImportedTwice {
  readonly aspect: readonly string[]
  /** For both imports, the files that lead to it as evaluation sees them, the nearest first. */
  readonly ways: readonly (readonly string[])[]
}

/** A module, and through which others it came. */
interface Imported {
  readonly file: string
  /** The option that it came through last, if it came through any. */
  readonly label: string | undefined
  readonly by: Imported | undefined
}

/** The outermost aspect whose second import makes an error; undefined for any other error. */
export function importedTwice(error: EvalError, graph: readonly ModuleNode[]): ImportedTwice | undefined {
  const [first, ...others] = declaredAgain(error)?.files ?? []
  const isSame = others.every(({ file, via }) => file === first.file && via.join() === first.via.join())
  if (first === undefined || first.via.length === 0 || !isSame) return undefined
  const [one, other] = [...importsIn(graph)].filter(
    ({ file, label }) =>
      file === first.file && label !== undefined && splitAttrPath(label).join() === first.via.join(),
  )
  const [way, otherWay] = [wayTo(one), wayTo(other)]
  const meets = (found: Imported) =>
    otherWay.find(({ file, label }) => file === found.file && label === found.label)
  const twice = way.findLast(found => !otherWay.includes(found) && meets(found) && found.label !== undefined)
  if (twice?.label === undefined) return undefined
  const ways = [twice.by, meets(twice)?.by].map(by => wayTo(by).map(({ file }) => file))
  return { aspect: splitAttrPath(twice.label), ways }
}

/** Where the fleet's files import the aspect: the import that is likely too much comes last, in the file of the fewest hosts. */
export function placesOfImports({ aspect, ways }: ImportedTwice, around: ErrorSurroundings): SourceRange[] {
  const placesIn = (seen: string) => {
    const path = around.moduleFile(seen)
    const file = isOwnFile(path, around) ? around.sources.get(path) : undefined
    return file === undefined ? [] : mentionsOf(aspect.slice(-2), file).map(range => sourceRange(file, range))
  }
  const users = (file: string) => new Set((around.uses.get(file) ?? []).map(({ host }) => host)).size
  const found = ways.flatMap(
    way => [...way, around.entry].map(placesIn).find(places => places.length > 0) ?? [],
  )
  return found
    .filter((one, i) => found.findIndex(other => compareRanges(one, other) === 0) === i)
    .sort((a, b) => users(b.file) - users(a.file) || compareRanges(a, b))
}

function* importsIn(graph: readonly ModuleNode[], by?: Imported): Iterable<Imported> {
  for (const { file, via, imports, disabled } of graph) {
    if (disabled) continue
    const label = via.at(-1)
    const isPart = by !== undefined && file === by.file && label === by.label
    const one = isPart ? by : { file, label, by }
    if (!isPart) yield one
    yield* importsIn(imports, one)
  }
}

/** A module and those that it came through, the outermost last. */
function wayTo(one: Imported | undefined): Imported[] {
  return one === undefined ? [] : [one, ...wayTo(one.by)]
}
