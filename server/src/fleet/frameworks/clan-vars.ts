// clan's vars: what the generators of a host make, and whether it is on disk. Only names are read, never contents.
//
// On disk (clan-core, vars/in_repo): `vars/per-machine/HOST/GENERATOR/FILE/{value,secret}`, or `vars/shared/GENERATOR/..`.

import { Attrs, type Evaluator, nameOf, textOfBytes } from "../../eval/index.js"
import { tryAttr, tryAttrs, tryForce } from "../../modules/index.js"
import type { Files } from "../files.js"
import type { HostHandle } from "../hosts.js"

/** A file that a generator makes for a host. */
export interface VarFile {
  readonly host: string
  readonly generator: string
  readonly file: string
  readonly secret: boolean
  readonly share: boolean
  readonly present: boolean
  /** Where it is or would be, absolute. */
  readonly path: string
}

/** The vars that a host's configuration declares; none for a host that is no clan machine. */
export function varFiles(ev: Evaluator, host: HostHandle, root: string, files: Files): VarFile[] {
  const configuration = host.configuration()
  const generators = configuration instanceof Attrs ? generatorsOf(ev, configuration) : undefined
  return generators === undefined
    ? []
    : members(ev, generators).flatMap(([name, generator]) =>
        filesOf(ev, host.name, name, generator, root, files),
      )
}

function generatorsOf(ev: Evaluator, configuration: Attrs): Attrs | undefined {
  // Through the options: reading `config` from outside fails for a host with any unknown option.
  let level = tryAttrs(ev, configuration, "options")
  for (const name of ["clan", "core", "vars", "generators"])
    level = level === undefined ? undefined : tryAttrs(ev, level, name)
  return level === undefined ? undefined : tryAttrs(ev, level, "value")
}

function members(ev: Evaluator, attrs: Attrs): [string, Attrs][] {
  return Array.from(attrs.shape.sorted).flatMap((slot): [string, Attrs][] => {
    const value = tryForce(ev, attrs.at(slot))
    return value instanceof Attrs ? [[textOfBytes(nameOf(attrs.shape.keys[slot])), value]] : []
  })
}

function filesOf(
  ev: Evaluator,
  host: string,
  generator: string,
  settings: Attrs,
  root: string,
  files: Files,
): VarFile[] {
  const declared = tryAttrs(ev, settings, "files")
  if (declared === undefined) return []
  const share = tryAttr(ev, settings, "share") === true
  const folder = share ? `${root}/vars/shared/${generator}` : `${root}/vars/per-machine/${host}/${generator}`
  return members(ev, declared).map(([file, facts]) => {
    const secret = tryAttr(ev, facts, "secret") !== false
    const path = `${folder}/${file}/${secret ? "secret" : "value"}`
    return { host, generator, file, secret, share, present: files.kindOf(path) !== undefined, path }
  })
}
