// What lies below the path of a set of options, as hosts have it: `services.openssh` is none itself, and yet what people point at.

import { type Evaluator, textOfBytes } from "../../eval/index.js"
import { attempt, optionsBelow } from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"
import type { Definition, OptionInSet, OptionsOnHost, SourcePlace } from "../model.js"
import type { Asked } from "./option-answer.js"
import { type Places, placedDefinition } from "./placed-definition.js"

/** Nothing where the path is no set of options, or where a file of the host has mistakes, so that nobody knows. */
export function optionsOf(
  ev: Evaluator,
  path: string,
  asked: Asked,
  places: Places,
): OptionsOnHost | undefined {
  const { value: found } = attempt(ev, () =>
    optionsBelow(ev, asked.configuration, splitAttrPath(path), places.oneLine),
  )
  if (found === undefined || places.unknownBecause(asked.name) !== undefined) return undefined
  const options = found.map(({ name, holdsOptions, valueText, definitions }): OptionInSet => {
    if (valueText === undefined) return { name, holdsOptions }
    const wanted = [...splitAttrPath(path), name]
    const placed = ownFirst(definitions, places).map(definition =>
      placedDefinition({ ...definition, valueText, wins: true }, wanted, asked.name, undefined, places),
    )
    return { name, holdsOptions, valueText: textOfBytes(valueText), places: different(placed.map(placeOf)) }
  })
  return { host: asked.name, ...(asked.user === undefined ? {} : { user: asked.user }), options }
}

/** The definitions that are worth a place: those of the fleet before those of its inputs. To find one may take reading a file. */
function ownFirst<T extends { readonly file: string }>(definitions: readonly T[], { isOwn }: Places): T[] {
  const own = definitions.filter(({ file }) => isOwn(file))
  return [...own, ...definitions.filter(({ file }) => !isOwn(file))].slice(0, MAX_PLACES)
}

const MAX_PLACES = 5

function placeOf(definition: Definition): SourcePlace {
  const { file, line, column } = definition.written ?? definition
  return { file, line, column }
}

function different(places: readonly SourcePlace[]): SourcePlace[] {
  return [...new Map(places.map(place => [JSON.stringify(place), place])).values()]
}
