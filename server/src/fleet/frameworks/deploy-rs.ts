// deploy-rs: the nodes of the output `deploy`, each with the address and the user that it deploys to.

import type { Attrs, Evaluator } from "../../eval/index.js"
import { namesOf, tryAttrs, tryText } from "../../modules/index.js"

/** Where each node is deployed to, `user@host`; empty for a flake without deploy-rs. */
export function deployTargets(ev: Evaluator, flake: Attrs): ReadonlyMap<string, string> {
  const deploy = tryAttrs(ev, flake, "deploy")
  const nodes = tryAttrs(ev, deploy, "nodes")
  if (deploy === undefined || nodes === undefined) return new Map()
  return new Map(
    namesOf(nodes).flatMap(name => {
      const node = tryAttrs(ev, nodes, name)
      return node === undefined
        ? []
        : [[name, targetOf(ev, [tryAttrs(ev, node, "profiles", "system"), node, deploy])] as const]
    }),
  )
}

/** The innermost level that says something counts: profile, node, all nodes. */
function targetOf(ev: Evaluator, levels: readonly (Attrs | undefined)[]): string {
  const said = (name: string) =>
    levels.map(level => tryText(ev, level, name)).find(text => text !== undefined)
  const [host, user] = [said("hostname") ?? "", said("sshUser")]
  return host === "" || user === undefined ? host : `${user}@${host}`
}
