// The person's settings, as far as they are what they should be. VS Code underlines a value of another type in settings.json and
// sends it all the same: then the setting counts as not set.

import type { ServerSettings } from "./protocol.js"

const placesOfHosts = new Set(["nixos", "darwin", "homeManager", "hive", "outputs"])

/** @param given the section `canopy` of the editor's settings; anything, or nothing */
export function readSettings(given: unknown): ServerSettings {
  const { offline, overrideInputs, hosts, builds } = membersOf(membersOf(given).evaluation)
  return {
    evaluation: {
      offline: offline === true,
      overrideInputs: Object.fromEntries(textsOf(overrideInputs)),
      hosts: Object.fromEntries(textsOf(hosts).filter(([kind]) => placesOfHosts.has(kind))),
      builds: builds === "never" ? "never" : "ask",
    },
  }
}

function textsOf(value: unknown): [string, string][] {
  return Object.entries(membersOf(value)).flatMap(([name, text]) =>
    typeof text === "string" ? [[name, text]] : [],
  )
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {}
}
