// What lies below the path of a set of options, as hosts have it: `services.openssh` is none itself, and yet what people point at.

import { type Evaluator, textOfBytes } from "../../eval/index.js"
import { attempt, optionsBelow } from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"
import type { OptionsOnHost } from "../model.js"
import type { Asked } from "./option-answer.js"
import type { Places } from "./placed-definition.js"

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
  const options = found.map(option => ({
    ...option,
    ...(option.valueText === undefined ? {} : { valueText: textOfBytes(option.valueText) }),
  }))
  return { host: asked.name, ...(asked.user === undefined ? {} : { user: asked.user }), options }
}
