// The fleet that hovers are tested on, as data from the evaluation thread, and the check of one hover: the cursor is `$0`, and the
// answer is the Markdown, exactly.

import assert from "node:assert/strict"
import type { Fleet, OptionAnswer, OptionOnHost } from "../../../server/src/fleet/index.js"
import { analyze, type FleetView } from "../../../server/src/ide/index.js"
import { atCursor } from "../../harness/fixture.js"

const host = (name: string) => ({
  name,
  class: "nixos" as const,
  system: "x86_64-linux",
  tags: [],
  target: "",
  aspects: [],
  modules: 1,
})

const aspect = (aspectClass: string, name: string, hosts: string[]) => ({
  name,
  class: aspectClass,
  option: "flake.modules",
  files: [`/fleet/modules/${name}.nix`],
  hosts,
  importedBy: ["server"],
})

export const fleet: Fleet = {
  root: "/fleet",
  hosts: ["argentum", "cinnabar", "electrum"].map(host),
  aspects: [
    aspect("nixos", "ssh", ["electrum", "cinnabar"]),
    aspect("nixos", "unused", []),
    aspect("darwin", "ssh", ["argentum"]),
  ],
  containers: [{ option: ["flake", "modules"], depth: 2 }],
  inputs: [
    {
      name: "nixpkgs",
      url: "github:NixOS/nixpkgs/nixos-unstable",
      rev: "0123456789abcdef0123",
      lastModified: 1_767_225_600,
    },
  ],
}

/** An option on a host, as far as no test says otherwise. */
export function onHost(name: string, valueText: string, rest: Partial<OptionOnHost> = {}): OptionOnHost {
  return {
    host: name,
    class: "nixos",
    valueText,
    isDefined: true,
    highestPrio: 100,
    type: "string",
    description: "",
    declarations: [],
    definitions: [],
    ...rest,
  }
}

/** What a view was asked of an option. */
export interface Asked {
  path: string
  hosts: readonly string[] | undefined
}

/** For questions that are not to be asked. */
export const nothing: () => never = () => assert.fail("asked")

/** A view that answers every option with these hosts, and writes down what it was asked. */
export function viewOf(hosts: readonly OptionOnHost[], asked: Asked[] = []): FleetView {
  return {
    outline: fleet,
    fleet,
    importers: nothing,
    describe: nothing,
    package: nothing,
    role: nothing,
    option: async (path, names): Promise<OptionAnswer> => {
      asked.push({ path, hosts: names })
      return { path, hosts }
    },
  }
}

/** Hovers at the cursor of a source, which is a module of the fleet. */
export async function check(source: string, expected: string | undefined, view = viewOf([])): Promise<void> {
  const { text, cursor } = atCursor(source)
  const found = await analyze("/fleet/modules/ssh.nix", text).hover(cursor, view)
  assert.equal(found?.markdown, expected?.trim())
}
