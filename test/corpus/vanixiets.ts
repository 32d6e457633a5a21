// Canopy on a real fleet of ten hosts, against what real Nix says of it:
//
//   CANOPY_VANIXIETS=DIR CANOPY_ORACLE=DIR npm run test:vanixiets -- [--only CHAPTER] [--host NAME]...
//
// CANOPY_VANIXIETS is a folder that prepare-fleet laid out, CANOPY_ORACLE the folder with the recorded answers, costs.json
// and expected/ among them. Chapters: aspects, options, systems, server. It asks the command line, as anybody would, and for the
// last the language server; an evaluation of all hosts takes minutes. Prints what differs, and fails if anything does.

import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { type AspectAnswer, differingAspects } from "./vanixiets/aspects.js"
import { aspectFiles, type HostRecord, hostNames, hostRecord, systemPaths } from "./vanixiets/expected.js"
import { differingOptions, type OptionAnswer } from "./vanixiets/options.js"
import { faultsOfServer } from "./vanixiets/server.js"

const fleet = join(folderOf("CANOPY_VANIXIETS"), "fleet")
const oracle = folderOf("CANOPY_ORACLE")

function folderOf(name: string): string {
  const folder = process.env[name]
  if (folder === undefined) throw new Error(`${name} names no folder`)
  return resolve(folder)
}

/** What `canopy ... --json` answers; a host that fails is part of the answer, whatever the exit status says. */
function canopy(...args: string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ["dist/cli.js", ...args, "--json"], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  })
  if (stdout === "") throw new Error(stderr)
  return JSON.parse(stdout)
}

function askedPaths({ options, unevaluable }: HostRecord): string[] {
  return [...Object.keys(options), ...unevaluable.map(({ path }) => path.join("."))]
}

function askOptions(host: string, paths: readonly string[]): OptionAnswer[] {
  const list = join(temporaryFolder("vanixiets"), "paths")
  writeFileSync(list, paths.join("\n"))
  return canopy("option", "--paths-from", list, fleet, "--host", host) as OptionAnswer[]
}

function differingSystems(hosts: readonly string[]): string[] {
  const wanted = systemPaths(oracle)
  // Named one by one: the fleet has 18 homes besides, of which nothing is recorded.
  const asked = hosts.flatMap(name => ["--host", name])
  const found = canopy("hosts", fleet, "--drv", ...asked) as {
    name: string
    drvPath?: string
    error?: string
  }[]
  return hosts.flatMap(name => {
    const host = found.find(one => one.name === name)
    return host?.drvPath === wanted.get(name)
      ? []
      : [`${name}: ${host?.drvPath ?? host?.error ?? "not listed"}, Nix says ${wanted.get(name)}`]
  })
}

function report(chapter: string, asked: number, differences: readonly string[], since: number): void {
  const seconds = ((performance.now() - since) / 1000).toFixed(0)
  console.log(`${chapter}: ${asked} asked, ${differences.length} differ (${seconds} s)`)
  for (const text of differences) console.log(`  ${text}`)
  if (0 < differences.length) process.exitCode = 1
}

function given(flag: string): string[] {
  return process.argv.flatMap((argument, i) => (argument === flag ? [process.argv[i + 1]] : []))
}

const only = given("--only")
const named = given("--host")
const hosts = hostNames(oracle).filter(name => named.length === 0 || named.includes(name))
const isWanted = (chapter: string) => only.length === 0 || only.includes(chapter)

if (isWanted("aspects")) {
  const since = performance.now()
  const files = aspectFiles(oracle)
  const aspects = canopy("aspects", fleet) as AspectAnswer[]
  report("aspects", aspects.length, differingAspects(aspects, files), since)
}
if (isWanted("options"))
  for (const host of hosts) {
    const since = performance.now()
    const record = hostRecord(oracle, host)
    const paths = askedPaths(record)
    report(
      `options of ${host}`,
      paths.length,
      differingOptions(record, askOptions(host, paths), fleet),
      since,
    )
  }
if (isWanted("systems")) {
  const since = performance.now()
  report("systems", hosts.length, differingSystems(hosts), since)
}
if (isWanted("server")) void askServer()

async function askServer(): Promise<void> {
  const since = performance.now()
  const paths = [...new Set(hosts.flatMap(host => askedPaths(hostRecord(oracle, host))))]
  report("server", paths.length, await faultsOfServer(fleet, paths), since)
}
