// Outputs of the flake, and classes of aspects, that nobody reads and whose names are nearly those that hosts are made of.
//
// Nix takes any name there. `nixosConfiguration` makes no host, and a module in `flake.modules.nixso` is in none.

import { nearNames } from "../../eval/index.js"
import { hostClasses } from "../aspects/aspect-path.js"
import { hostOutputs } from "../hosts/hosts.js"
import type { Aspect, Finding, SourceRange } from "../model.js"
import type { AttributePlace } from "../texts/attribute-places.js"
import { sourceRange } from "../texts/source-files.js"
import type { ErrorSurroundings } from "./error-place.js"

/** Names like `nixosModules` and `homeModule`: with `s` and without it they mean something. */
const ofModules = /Modules?$/

/** An output of NixOps. */
const ofNixOps = "nixopsConfigurations"

/** Outputs whose names are nearly those of hosts, or of an option that holds aspects. */
export function misspelledOutputs(outputs: readonly string[], around: ErrorSurroundings): Finding[] {
  const read = [
    ...hostOutputs,
    ...around.containers.flatMap(({ option }) => (option[0] === "flake" ? option[1] : [])),
  ]
  return outputs
    .filter(name => !read.includes(name) && !ofModules.test(name) && name !== ofNixOps)
    .flatMap(name => {
      const [meant] = nearNames([[name, read]])
      const where = meant === undefined ? undefined : placeOfOutput(name, around)
      if (where === undefined) return []
      return [misspelling(where, `nothing reads the output '${name}'`, name, meant)]
    })
}

/** The class of hosts that an aspect is nearly of; undefined if it is of none. */
export function classMeant(aspect: Aspect): string | undefined {
  return nearNames([[aspect.class, hostClasses]])[0]
}

export function misspelledClass(where: SourceRange, { class: of }: Aspect, meant: string): Finding {
  return misspelling(where, `no host imports modules of the class '${of}'`, of, meant)
}

function misspelling(where: SourceRange, what: string, from: string, meant: string): Finding {
  const message = `${what}; did you mean '${meant}'?`
  const fix = { kind: "rename", from, to: [meant] } as const
  return { ...where, severity: "warning", code: "unknown-output", message, hosts: [], related: [], fix }
}

function placeOfOutput(name: string, { files, sources }: ErrorSurroundings): SourceRange | undefined {
  const isOutput = ({ names }: AttributePlace) => {
    const above = names[names.indexOf(name) - 1]
    return above === "flake" || above === "outputs"
  }
  for (const file of files) {
    const place = file.text.includes(name) ? sources.placesOf(file).find(isOutput) : undefined
    if (place !== undefined) return sourceRange(file, place.range)
  }
  return undefined
}
