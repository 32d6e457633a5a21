// What is compared, by chapter. A chapter is made only when it is asked for: listing packages reads folders.

import { join, resolve } from "node:path"
import { askCanopy } from "./ask-canopy.js"
import { type Chapter, expressions, scripts } from "./chapter.js"
import { samplePackages } from "./sample.js"
import { fingerprint, type Trees } from "./trees.js"

const systems = ["x86_64-linux", "aarch64-darwin"]

/** Attributes of hosts.nix. */
const hosts = ["minimal", "desktop", "gnome", "containers", "services"]

/** Attributes of hosts-more.nix. */
const moreHosts = [
  "encrypted",
  "zfs",
  "gaming",
  "cluster",
  "web",
  "specialised",
  "overridden",
  "nested",
  "appliance",
]

/** Attributes of package-sets.nix. */
const packageSets = [
  "cross",
  "static",
  "musl",
  "variants",
  "overlays",
  "overridden",
  "python",
  "haskell",
  "node",
  "kernels",
  "rust",
  "languages",
  "systems",
]

/** Tests of nixpkgs that are values, with their arguments: a list of failures, empty if all is well. */
const valueTests = {
  "lib/tests/misc.nix": "",
  "lib/tests/systems.nix": "",
  "lib/tests/fetchers.nix": "",
  "lib/path/tests/unit.nix": "{ libpath = NIXPKGS/lib; }",
}

/** Tests of nixpkgs that are scripts and build nothing. */
const scriptTests = [
  "lib/tests/modules.sh",
  "lib/tests/filesystem.sh",
  "lib/tests/debug.sh",
  "lib/tests/network.sh",
  "lib/path/tests/prop.sh",
]

/** Such scripts that look into the store, which only a real Nix fills. */
const storeTests = ["lib/tests/sources.sh", "lib/fileset/tests.sh"]

/**
 * Whatever a file asks: a function of `{ nixpkgs }` to a set of derivations and of strings.
 * @param program the running one
 */
export async function fileChapter({ nixpkgs }: Trees, file: string, program: string): Promise<Chapter> {
  const set = `import ${resolve(file)} { nixpkgs = ${nixpkgs}; }`
  const attr = "names"
  const [names] = await askCanopy(program, [
    { root: `{ ${attr} = builtins.toJSON (builtins.attrNames (${set})); }`, attr },
  ])
  if (names === undefined || "error" in names) throw new Error(`${file}: ${names?.error}`)
  const root = `builtins.mapAttrs (_: asked: asked.drvPath or asked) (${set})`
  const questions = (JSON.parse(names.text) as string[]).map(name => ({ root, attr: JSON.stringify(name) }))
  return expressions(file, "of no recorded answers", questions)
}

/** Makers of chapters, by the name that `--only` takes. `count` is the number of packages. */
export function chapterMakers(
  trees: Trees,
  count: number,
): readonly (readonly [name: string, make: () => Chapter[]])[] {
  const { nixpkgs } = trees
  const about = new NixpkgsChapters(nixpkgs)
  return [
    ["lib", () => Object.entries(valueTests).map(([file, argument]) => about.libraryTest(file, argument))],
    ["scripts", () => scriptTests.map(path => about.script(path))],
    ["store-scripts", () => storeScripts().map(path => about.script(path))],
    ["packages", () => systems.map(system => about.packages(system, count))],
    ["sets", () => packageSets.map(name => about.packageSet(name))],
    ["hosts", () => hosts.map(name => about.host("hosts.nix", name))],
    ["more-hosts", () => moreHosts.map(name => about.host("hosts-more.nix", name))],
    ["darwin", () => darwin(trees)],
    ["home", () => homes(trees)],
  ]
}

class NixpkgsChapters {
  private readonly fingerprint: string

  constructor(private readonly nixpkgs: string) {
    this.fingerprint = fingerprint([nixpkgs])
  }

  libraryTest(file: string, argument: string): Chapter {
    const value = `import ${this.nixpkgs}/${file} ${argument.replace("NIXPKGS", this.nixpkgs)}`
    const root = `{ failures = builtins.toJSON (${value}); }`
    return expressions(file, this.fingerprint, [{ root, attr: "failures" }])
  }

  script(path: string): Chapter {
    return scripts(path, this.fingerprint, [join(this.nixpkgs, path)])
  }

  packages(system: string, count: number): Chapter {
    const root = `import ${this.nixpkgs} { system = "${system}"; config = { }; overlays = [ ]; }`
    const names = samplePackages(this.nixpkgs, count)
    const questions = names.map(name => ({ root, attr: `"${name}".drvPath` }))
    return expressions(`${count} packages of ${system}`, this.fingerprint, questions)
  }

  packageSet(name: string): Chapter {
    const root = `import ${ours("package-sets.nix")} { nixpkgs = ${this.nixpkgs}; }`
    return expressions(`packages: ${name}`, this.fingerprint, [{ root, attr: name }])
  }

  host(file: string, name: string): Chapter {
    const root = `import ${ours(file)} { nixpkgs = ${this.nixpkgs}; }`
    const attr = `${name}.system.build.toplevel.drvPath`
    return expressions(`host ${name}`, this.fingerprint, [{ root, attr, closure: true }])
  }
}

function storeScripts(): readonly string[] {
  return process.env.CANOPY_NIX === undefined ? leftOut(storeTests.join(", "), "CANOPY_NIX") : storeTests
}

function darwin({ nixpkgs, nixDarwin }: Trees): Chapter[] {
  if (nixDarwin === undefined) return leftOut("a nix-darwin system", "CANOPY_NIX_DARWIN")
  const root = `import ${ours("darwin.nix")} { nixpkgs = ${nixpkgs}; nixDarwin = ${nixDarwin}; }`
  const question = { root, attr: "system.build.toplevel.drvPath", closure: true }
  return [expressions("a nix-darwin system", fingerprint([nixpkgs, nixDarwin]), [question])]
}

function homes({ nixpkgs, homeManager }: Trees): Chapter[] {
  if (homeManager === undefined) return leftOut("a home, and homes on a host", "CANOPY_HOME_MANAGER")
  const root = `import ${ours("homes.nix")} { nixpkgs = ${nixpkgs}; homeManager = ${homeManager}; }`
  const print = fingerprint([nixpkgs, homeManager])
  return ["alone", "mac", "onHost"].map(name =>
    expressions(`home ${name}`, print, [{ root, attr: `${name}.drvPath`, closure: true }]),
  )
}

function leftOut(what: string, variable: string): [] {
  console.log(`${what}: left out, ${variable} names none`)
  return []
}

function ours(file: string): string {
  return resolve("test/corpus/nixpkgs", file)
}
