// "Deploy cinnabar", offered in the files that belong to cinnabar: those made for it alone, and those named after it.

import type { Fleet } from "../../fleet/index.js"

/** Runs the command `canopy.deployHost` with the host as its argument. */
export interface DeployAction {
  readonly kind: "deploy"
  readonly title: string
  readonly host: string
}

/** The hosts that can be deployed from a file. */
export function deployActions(path: string, fleet: Fleet): DeployAction[] {
  const own = new Set(
    fleet.aspects.flatMap(({ files, hosts }) => (files.includes(path) && hosts.length === 1 ? hosts : [])),
  )
  const parts = new Set(
    path
      .slice(fleet.root.length)
      .replace(/\.nix$/, "")
      .split("/"),
  )
  return fleet.hosts
    .filter(({ name }) => parts.has(name) || own.has(name))
    .map(({ name }) => ({ kind: "deploy", title: `Deploy ${name}`, host: name }))
}
