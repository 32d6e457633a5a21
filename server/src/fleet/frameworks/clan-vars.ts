// clan's vars: the files that a host's generators make, and whether they are on disk. Only names are read, never contents.
//
// On disk (clan-core, vars/in_repo): `vars/per-machine/HOST/GENERATOR/FILE/{value,secret}`, or `vars/shared/GENERATOR/..`.

import { Attrs, type Evaluator, nameOf, textOfBytes } from "../../eval/index.js"
import { findTarget, tryAttr, tryAttrs, tryForce } from "../../modules/index.js"
import type { Files } from "../files.js"
import type { HostHandle } from "../hosts/hosts.js"

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
  /** What is wrong with it, if anything. */
  readonly why?: string
}

/** The vars that a host's configuration declares; none for a host that is no clan machine. */
export function varFiles(ev: Evaluator, host: HostHandle, root: string, files: Files): VarFile[] {
  // Standalone homes are no clan machines, and reading one would cost a nixpkgs.
  if (host.class === "homeManager") return []
  const configuration = host.readable()
  const generators = configuration instanceof Attrs ? generatorsOf(ev, configuration) : undefined
  return generators === undefined
    ? []
    : members(ev, generators).flatMap(([name, generator]) =>
        filesOf(ev, host.name, name, generator, root, files),
      )
}

function generatorsOf(ev: Evaluator, configuration: Attrs): Attrs | undefined {
  return (
    tryAttrs(ev, configuration, "config", "clan", "core", "vars", "generators") ??
    generatorsOption(ev, configuration)
  )
}

/** Reads through the options: `config` with its check would fail for a host with any unknown option. */
function generatorsOption(ev: Evaluator, configuration: Attrs): Attrs | undefined {
  const target = findTarget(ev, configuration, ["clan", "core", "vars", "generators"])
  return target.kind === "option" ? tryAttrs(ev, target.option, "value") : undefined
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
    const present = files.kindOf(path) !== undefined
    const deployed = secret && tryAttr(ev, facts, "deploy") !== false
    const why = whyWrong(host, `${folder}/${file}`, present, deployed, files)
    return { host, generator, file, secret, share, present, path, ...(why === undefined ? {} : { why }) }
  })
}

/** With sops, whoever may read a secret is linked beside it: `machines/HOST`, `users/USER`. */
function whyWrong(
  host: string,
  folder: string,
  present: boolean,
  deployed: boolean,
  files: Files,
): string | undefined {
  if (!present) return `not on disk; 'clan vars generate ${host}' makes it`
  const isSops =
    files.kindOf(`${folder}/users`) !== undefined || files.kindOf(`${folder}/machines`) !== undefined
  if (!deployed || !isSops || files.kindOf(`${folder}/machines/${host}`) !== undefined) return undefined
  return `${host} needs it, but is not among those who can decrypt it`
}
