// The example fleet against what real Nix says of it: test/example/facts.json, computed by Nix and read from the sources.
// Only the fields that a fact lists are compared; an answer may say more.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { test } from "mocha"
import { type Definition, type OptionOnHost, openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { exampleFleet, exampleRoot } from "../harness/example-fleet.js"
import { RecordingFiles } from "../harness/recording-files.js"

type DeepPartial<T> = { readonly [K in keyof T]?: DeepPartial<T[K]> }
type DefinitionFact = DeepPartial<Definition> & { readonly file: string }

interface Facts {
  readonly hosts: readonly Record<string, unknown>[]
  readonly options: readonly {
    readonly path: string
    readonly hosts: readonly (Omit<DeepPartial<OptionOnHost>, "definitions"> & {
      readonly host: string
      readonly definitions?: readonly DefinitionFact[]
    })[]
  }[]
  readonly outsideSubmodules: readonly {
    readonly host: string
    readonly path: string
    readonly definition: DefinitionFact
  }[]
  readonly aspects: readonly {
    readonly name: string
    readonly class: string
    readonly option: string
    readonly files: readonly string[]
    readonly hosts: readonly string[]
  }[]
  readonly vars: readonly Record<string, unknown>[]
  readonly packages: {
    readonly fallbacks: readonly Record<string, unknown>[]
    readonly broken: readonly Record<string, unknown>[]
  }
}

const here = dirname(fileURLToPath(import.meta.url))
const facts: Facts = JSON.parse(readFileSync(join(here, "../example/facts.json"), "utf8"))
const shown = (file: string): string => relative(exampleRoot, file)

test("the example has its hosts, with class, system, tags and target", () => {
  const { hosts } = exampleFleet().answer({ kind: "load" })
  for (const fact of facts.hosts) {
    const host = hosts.find(({ name }) => name === fact.name)
    assert.deepEqual(pickFrom(sortTags(host), fact), sortTags(fact), String(fact.name))
  }
  assert.equal(hosts.length, facts.hosts.length)
})

test("who imports an aspect is known without the rest, and is the same", () => {
  const session = exampleFleet()
  const asked = session.answer({ kind: "load" }).aspects
  for (const aspect of asked)
    assert.deepEqual(session.answer({ kind: "importers", aspects: [aspect] }), aspect.hosts, aspect.name)
  const both = session.answer({ kind: "importers", aspects: asked.slice(0, 2) })
  assert.deepEqual(new Set(both), new Set(asked.slice(0, 2).flatMap(({ hosts }) => hosts)))
})

test("the inputs of the flake are known before any host, as flake.lock has them", () => {
  const { inputs } = exampleFleet().answer({ kind: "outline" })
  assert.deepEqual(
    inputs.map(({ name }) => name).sort(),
    Object.keys(JSON.parse(readFileSync(join(exampleRoot, "flake.lock"), "utf8")).nodes.root.inputs).sort(),
  )
})

test("who imports an aspect that says its class is looked for among hosts of that class, and in no home", () => {
  const files = new RecordingFiles(new Disk())
  const session = openFleet({ root: exampleRoot, offline: true, overrideInputs: {} }, files)
  const aspect = { option: "flake.modules", class: "nixos", name: "base" }
  assert.deepEqual(session.answer({ kind: "importers", aspects: [aspect] }), [
    "cinnabar",
    "electrum",
    "galena",
    "scheelite",
  ])
  const read = (folder: string) =>
    [...files.texts].filter(file => file.includes(`/inputs/${folder}/modules/`))
  assert.notDeepEqual(read("nixpkgs/nixos"), [])
  assert.deepEqual([...read("nix-darwin"), ...read("home-manager")], [])
})

test("at least 60 facts about options are claimed", () => {
  const count = facts.options.reduce((sum, option) => sum + option.hosts.length, 0)
  assert.ok(count >= 60, String(count))
})

for (const { path, hosts } of facts.options)
  test(`${path} has on every host the value, priority, winners and losers that its sources imply`, () => {
    const answer = exampleFleet().answer({ kind: "option", path })
    for (const fact of hosts) checkOption(answer.hosts, fact, path)
  })

test("definitions behind a false condition around a submodule are shown", () => {
  for (const { host, path, definition } of facts.outsideSubmodules) {
    const answer = exampleFleet().answer({ kind: "option", path, hosts: [host] })
    checkDefinition(answer.hosts[0], definition, path)
  }
})

test("the example has its aspects, with files and hosts", () => {
  const { aspects } = exampleFleet().answer({ kind: "load" })
  for (const fact of facts.aspects) {
    const found = aspects.find(
      aspect => aspect.name === fact.name && aspect.class === fact.class && aspect.option === fact.option,
    )
    const title = `${fact.option} ${fact.class} ${fact.name}`
    assert.deepEqual(found?.files.map(shown), [...fact.files], title)
    assert.deepEqual([...(found?.hosts ?? [])].sort(), [...fact.hosts].sort(), title)
  }
})

test("fallbacks are needed or may go, and what is broken is named where it is used", () => {
  const { fallbacks, broken } = exampleFleet().answer({ kind: "packages" })
  for (const fact of facts.packages.fallbacks) {
    const found = fallbacks.find(({ name }) => name === fact.name)
    assert.deepEqual(pickFrom(found && { ...found, file: shown(found.file) }, fact), fact)
  }
  assert.deepEqual(
    broken.map(reference =>
      pickFrom({ ...reference, file: shown(reference.file) }, facts.packages.broken[0]),
    ),
    facts.packages.broken,
  )
})

function checkOption(
  answers: readonly OptionOnHost[],
  fact: Facts["options"][number]["hosts"][number],
  path: string,
): void {
  const answer = answers.find(({ host }) => host === fact.host)
  assert.ok(answer, `${path} on ${fact.host}: no answer`)
  const { definitions, ...fields } = fact
  assert.deepEqual(pickFrom(answer, fields), fields, `${path} on ${fact.host}`)
  for (const definition of definitions ?? []) checkDefinition(answer, definition, path)
}

/** Some definition of the answer has every field of the fact. */
function checkDefinition(answer: OptionOnHost | undefined, fact: DefinitionFact, path: string): void {
  const definitions = (answer?.definitions ?? []).map(definition => ({
    ...definition,
    file: shown(definition.file),
  }))
  const found = definitions.some(
    definition => JSON.stringify(pickFrom(definition, fact)) === JSON.stringify(fact),
  )
  const seen = definitions.map(definition => JSON.stringify(definition)).join("\n  ")
  assert.ok(found, `${path} on ${answer?.host}: no definition ${JSON.stringify(fact)} among\n  ${seen}`)
}

/** The fields of `value` that `fact` has, in the order of `fact`. */
function pickFrom(value: object | undefined, fact: object): Record<string, unknown> {
  const fields = (value ?? {}) as Record<string, unknown>
  return Object.fromEntries(Object.keys(fact).map(key => [key, fields[key]]))
}

function sortTags<T extends object>(host: T | undefined): object {
  const tags = (host as { tags?: readonly string[] } | undefined)?.tags
  return tags === undefined ? (host ?? {}) : { ...host, tags: [...tags].sort() }
}

test("a function of a library is found where it is written, and a builtin by its name", () => {
  const session = exampleFleet()
  const check = (root: "lib" | "inputs" | "pkgs", path: string, expected: string | undefined) => {
    const found = session.answer({ kind: "function", root, path: path.split(".") })
    const place = found?.place === undefined ? [] : [shown(found.place.file)]
    const said =
      found &&
      [...found.args, found.builtin ?? "", found.typeOf ?? "", found.comment, ...place].filter(Boolean)
    assert.equal(said?.join(" | "), expected, path)
  }
  check("lib", "mkIf", "condition | content | ../inputs/nixpkgs/lib/modules/properties.nix")
  check("lib", "mkOverride", "The lower, the stronger. | ../inputs/nixpkgs/lib/modules/properties.nix")
  check("lib", "elem", "elem")
  check("lib", "types.str", "string | ../inputs/nixpkgs/lib/types/values.nix")
  check("inputs", "flake-parts.lib.mkFlake", "args | module | ../inputs/flake-parts/lib.nix")
  check("pkgs", "writeText", "name | text | ../inputs/nixpkgs/pkgs/build-support/trivial-builders.nix")
  for (const path of ["version", "types", "nothing", "nothing.here", "mkIf.deeper"])
    check("lib", path, undefined)
})

test("a package is told with its version on every host, and why one may not have it", () => {
  const session = exampleFleet()
  const on = (path: string, hosts?: string[]) => {
    const answer = session.answer({ kind: "package", path: path.split("."), ...(hosts ? { hosts } : {}) })
    return answer.hosts.map(({ host, version, error }) => [host, version, error].filter(Boolean).join(" "))
  }
  assert.deepEqual(on("git", ["cinnabar", "stibnite"]), ["cinnabar 2.52.0", "stibnite 2.52.0"])
  assert.deepEqual(on("ollama", ["scheelite"]), ["scheelite 0.13.0 ollama-0.13.0 is marked as broken"])
  assert.equal(on("git").length, facts.hosts.length)
  assert.deepEqual(on("nothing"), [])
  assert.deepEqual(on("lib"), [])
})

test("the path of a set of options leads to those in it: what is set, and to what", () => {
  const answer = exampleFleet().answer({
    kind: "option",
    path: "services.openssh",
    hosts: ["cinnabar", "stibnite"],
  })
  const ofHost = (name: string) => answer.sets?.find(({ host }) => host === name)?.options ?? []
  const valueOf = (name: string, host: string) => ofHost(host).find(option => option.name === name)?.valueText
  assert.equal(valueOf("enable", "cinnabar"), "true")
  assert.equal(valueOf("enable", "stibnite"), undefined)
  assert.deepEqual(
    ofHost("cinnabar").flatMap(({ name, places = [] }) =>
      places.map(({ file, line }) => `${name} ${relative(exampleRoot, file)}:${line}`),
    ),
    [
      "enable modules/system/ssh.nix:8",
      "extraConfig ../inputs/nixpkgs/nixos/modules/services/networking/sshd.nix:92",
      "ports ../inputs/clan-core/services/sshd.nix:44",
      "settings modules/system/ssh.nix:9",
      "settings modules/system/ssh.nix:17",
      "settings modules/fleet/edge.nix:11",
      "settings modules/machines/nixos/cinnabar/default.nix:27",
      "settings ../inputs/clan-core/services/sshd.nix:45",
    ],
  )
  assert.deepEqual(
    ofHost("cinnabar").find(({ name }) => name === "hostKeys"),
    { name: "hostKeys", holdsOptions: false },
  )
  const { sets } = exampleFleet().answer({ kind: "option", path: "networking.hostName" })
  assert.equal(sets, undefined)
})

test("what is found before all hosts are checked is part of what is found in the end", () => {
  const session = exampleFleet()
  const names = session.answer({ kind: "load" }).hosts.map(({ name }) => name)
  const all = session.answer({ kind: "check" })
  const keyOf = ({ file, range, code, message }: (typeof all)[number]) =>
    JSON.stringify([file, range, code, message])
  const found = [0, 1, 4, names.length].map(
    count => new Set(session.answer({ kind: "checkSoFar", hosts: names.slice(0, count) }).map(keyOf)),
  )
  for (const some of found)
    assert.deepEqual(
      [...some],
      all.map(keyOf).filter(key => some.has(key)),
    )
  assert.deepEqual(
    found.map(({ size }) => size),
    [1, 1, 4, 4],
  )
  assert.equal(all.length, 5, "the fallback that can go comes last")
})
