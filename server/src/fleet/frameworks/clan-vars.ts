// clan's vars: the files that a host's generators make, and whether they are on disk. Only names are read, never contents.
//
// On disk (clan-core, vars/in_repo): `vars/per-machine/HOST/GENERATOR/FILE/{value,secret}`, or `vars/shared/GENERATOR/..`.

import { Attrs, type Evaluator } from "../../eval/index.js"
import { findTarget, setsIn, tryAttr, tryAttrs } from "../../modules/index.js"
import type { Files } from "../files.js"
import type { HostHandle } from "../hosts/host-handle.js"

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
  if (generators === undefined) return []
  const machine: Machine = { ev, host: host.name, root, files }
  return setsIn(ev, generators).flatMap(([name, generator]) => filesOf(machine, name, generator))
}

/** A host, and the fleet's folder, where its vars are. */
interface Machine {
  readonly ev: Evaluator
  readonly host: string
  readonly root: string
  readonly files: Files
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

function filesOf({ ev, host, root, files }: Machine, generator: string, settings: Attrs): VarFile[] {
  const share = tryAttr(ev, settings, "share") === true
  const folder = share ? `${root}/vars/shared/${generator}` : `${root}/vars/per-machine/${host}/${generator}`
  const declared = tryAttrs(ev, settings, "files")
  if (declared === undefined) return []
  return setsIn(ev, declared).map(([file, facts]) => {
    const secret = tryAttr(ev, facts, "secret") !== false
    const path = `${folder}/${file}/${secret ? "secret" : "value"}`
    const present = files.kindOf(path) !== undefined
    const isDeployed = secret && tryAttr(ev, facts, "deploy") !== false
    const missing = present ? undefined : `not on disk; 'clan vars generate ${host}' makes it`
    const undecryptable =
      isDeployed && !mayDecrypt(host, `${folder}/${file}`, files)
        ? `${host} needs it, but is not among those who can decrypt it`
        : undefined
    const why = missing ?? undecryptable
    return { host, generator, file, secret, share, present, path, ...(why === undefined ? {} : { why }) }
  })
}

/** With sops, whoever may read a secret is linked beside it: `machines/HOST`, `users/USER`. Others say nothing of it. */
function mayDecrypt(host: string, folder: string, files: Files): boolean {
  const isThere = (name: string) => files.kindOf(`${folder}/${name}`) !== undefined
  return isThere(`machines/${host}`) || !(isThere("users") || isThere("machines"))
}
