// Names in a file that may be those of hosts, or tags of hosts: names in a set of hosts, and text where a host is meant. Whether
// a host has that name, only the loaded fleet knows.

import { rangeOf, type TextRange } from "../../base/index.js"
import { type AttrName, plainText, type Scope, type Str, staticName } from "../../syntax/index.js"
import { nameIn } from "./literal-name.js"

export interface HostName {
  readonly name: string
  readonly isTag: boolean
  readonly range: TextRange
}

// What the outputs of flakes and the options of frameworks call a set of hosts.
const HOSTS: ReadonlySet<string> = new Set([
  "nixosConfigurations",
  "darwinConfigurations",
  "homeConfigurations",
  "machines",
  "hosts",
  "nodes",
])
/** What is set to the name of a host. */
const ABOUT_HOSTS: ReadonlySet<string> = new Set([...HOSTS, "hostName", "host", "machine"])
const TAGS = "tags"
/** Some sets of hosts are by system: `hosts.x86_64-linux.cinnabar`. */
const SYSTEM = /^[\w.]+-(linux|darwin)$/

/** The name at `index` of an attrpath, if it is in a set of hosts. @param above the name of the set around the attrpath */
export function hostNameIn(
  path: readonly AttrName[],
  index: number,
  above: AttrName | undefined,
  scope: Scope,
): HostName | undefined {
  const sets = [above, ...path.slice(0, index)].flatMap(set => (set && staticName(set)) ?? [])
  const set = SYSTEM.test(sets.at(-1) ?? "") ? sets.at(-2) : sets.at(-1)
  const name = nameIn(path[index], scope)
  if (name === undefined || set === undefined || !(set === TAGS || HOSTS.has(set))) return undefined
  return { name, isTag: set === TAGS, range: rangeOf(path[index]) }
}

/** The text of a string, if it is set as the name of a host. @param above the name that it is set to */
export function hostNameOf(string: Str, above: AttrName | undefined): HostName | undefined {
  const set = above && staticName(above)
  const name = plainText(string)
  if (name === undefined || set === undefined || !(set === TAGS || ABOUT_HOSTS.has(set))) return undefined
  return { name, isTag: set === TAGS, range: rangeOf(string) }
}
