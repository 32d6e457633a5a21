// An option that does not exist where it is set may well exist one level away: `home.packages` is an option of homes, and
// `environment.systemPackages` one of machines. The module system knows one level at a time, and suggests names that look alike.

import type { Attrs, EvalError, Evaluator } from "../../eval/index.js"
import { findTarget } from "../../modules/index.js"
import { joinAttrPath } from "../attr-path.js"
import { inHome, type UserHome } from "../frameworks/home-manager.js"
import { moduleComplaint } from "./module-complaint.js"

/** Says where the option belongs that an error misses; undefined if it is not there either, or for any other error. */
export function whereItBelongs(
  ev: Evaluator,
  error: EvalError,
  machine: Attrs,
  homes: readonly UserHome[],
): string | undefined {
  const complaint = moduleComplaint(error)
  if (complaint?.code !== "unknown-option") return undefined
  const { option } = complaint
  const has = (configuration: Attrs, path: readonly string[]) =>
    findTarget(ev, configuration, path).kind !== "missing"
  const home = inHome(option)
  if (home !== undefined)
    return has(machine, home.path)
      ? `Machines have '${joinAttrPath(home.path)}', and homes do not: set it in a module of the machine`
      : undefined
  return homes.some(({ configuration }) => has(configuration, option))
    ? `Homes have '${joinAttrPath(option)}', and machines do not: set it in a module of home-manager, or below 'home-manager.users.NAME'`
    : undefined
}
