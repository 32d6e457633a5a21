// `canopy impact`: what an edit, or everything since a revision, changes in the system of every host.
//
// Before and after are evaluated from scratch, each in its own thread, so that store paths are those of Nix.

import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { relative, resolve } from "node:path"
import {
  compareSystems,
  type FleetPort,
  type HostImpact,
  noSuchHost,
  type RequestOptions,
} from "../fleet/index.js"
import { type Given, UsageError } from "./arguments.js"
import { command, exit, Failure } from "./command.js"
import { fleetRoot } from "./flake-root.js"
import { type FleetFlag, fleetFlags, fleetUsage, whyEmpty, withFleet } from "./fleet.js"
import { type Layout, printAnswer } from "./shown/answer.js"
import { listed, table } from "./shown/table.js"

const flags = { ...fleetFlags, "--edit": 1, "--base": 1, "--host": 1, "--json": 0 } as const

export const impactCommand = command({
  usage: `[FLAKE] (--edit FILE=NEWFILE... | --base REV) [--host H]... [--json]\n${fleetUsage}`,
  summary: "which hosts, derivations, options and packages an edit changes",
  flags,
  async run(given, terminal) {
    const since = performance.now()
    const reference = given.operand(".")
    const root = fleetRoot(reference, process.cwd(), given)
    const { base, edits, files } = momentsOf(root, given)
    const hosts = await withFleet(base, given, terminal, before =>
      withFleet(reference, given, terminal, async (after, progress) => {
        for (const [path, text] of edits) after.setFile(path, text)
        return impactOf(before, after, {
          hosts: given.all("--host"),
          files,
          options: progress,
          warn: text => terminal.err(text),
        })
      }),
    )
    const ms = Math.round(performance.now() - since)
    printAnswer({ hosts, ms }, given, terminal, impactText)
    return hosts.some(({ error }) => error !== undefined) ? exit.failed : exit.done
  },
})

interface Moments {
  /** What to compare with: a folder or a flake reference. */
  readonly base: string
  readonly edits: readonly (readonly [path: string, text: string])[]
  /** Files that differ, relative to the flake's folder. */
  readonly files: readonly string[]
}

function momentsOf(root: string, given: Given<FleetFlag | keyof typeof flags>): Moments {
  const revision = given.one("--base")
  const edits = given.all("--edit").map(edit => readEdit(edit))
  if ((revision === undefined) === (edits.length === 0))
    throw new UsageError("wanted either '--edit FILE=NEWFILE' or '--base REV'")
  if (revision === undefined) return { base: root, edits, files: edits.map(([path]) => relative(root, path)) }
  const top = git(root, ["rev-parse", "--show-toplevel"])
  const rev = git(root, ["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`])
  const files = git(root, ["diff", "--name-only", "--relative", "-z", rev]).split("\0")
  const dir = relative(top, root)
  const base = `git+file://${top}?rev=${rev}${dir === "" ? "" : `&dir=${dir}`}`
  return { base, edits, files: files.filter(file => file.endsWith(".nix")) }
}

function readEdit(edit: string): [path: string, text: string] {
  const at = edit.indexOf("=")
  if (at < 0) throw new UsageError(`'--edit ${edit}' is not of the form FILE=NEWFILE`)
  try {
    return [resolve(edit.slice(0, at)), readFileSync(edit.slice(at + 1), "utf8")]
  } catch (error) {
    throw new Failure(`cannot read '${edit.slice(at + 1)}': ${(error as Error).message}`)
  }
}

/** What git says, without the newline at the end. @throws Failure */
function git(folder: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" })
  if (status !== 0) throw new Failure(`git ${args[0]}: ${(stderr ?? "git was not found").trim()}`)
  return stdout.trim()
}

interface Asked {
  readonly hosts: readonly string[]
  readonly files: readonly string[]
  readonly options: RequestOptions
  warn(text: string): void
}

async function impactOf(before: FleetPort, after: FleetPort, asked: Asked): Promise<HostImpact[]> {
  const { files, options, warn } = asked
  const hosts = asked.hosts.length === 0 ? undefined : asked.hosts
  const outline = { kind: "outline" } as const
  const outlines = [await before.ask(outline, options), await after.ask(outline, options)]
  const known = [...new Set(outlines.flatMap(({ hostNames }) => hostNames))]
  if (known.length === 0) await whyEmpty(after, options)
  // Without hosts before, all of today's change. That may be so, or be due to a mistake there, which nobody would look for.
  if (known.length > 0 && outlines[0].hostNames.length === 0)
    warn(`warning: nothing to compare with: ${outlines[0].noHosts}\n`)
  const unknown = asked.hosts.find(name => !known.includes(name))
  if (unknown !== undefined) throw new Failure(noSuchHost(unknown, known))
  const defined = { kind: "definedIn", files } as const
  const paths = [...(await before.ask(defined, options)), ...(await after.ask(defined, options))]
  const unique = [...new Map(paths.map(path => [path.join("\0"), path])).values()]
  const systems = { kind: "systems", hosts, options: unique } as const
  const old = await before.ask(systems, options)
  // Frees its memory for the other side.
  await before.dispose()
  const now = await after.ask(systems, options)
  if (now.length === 0) await whyEmpty(after, options)
  return compareSystems(old, now)
}

function impactText({ hosts }: { readonly hosts: readonly HostImpact[] }, layout: Layout): string {
  const rows = hosts.map(host => [
    host.host,
    stateOf(host),
    String(host.derivations.length),
    listed(host.options, 48),
    host.packages.map(({ name, before, after }) => `${name} ${before || "none"} → ${after || "none"}`),
  ])
  const failures = hosts.flatMap(({ host, error }) => (error === undefined ? [] : [`\n${host}: ${error}\n`]))
  return table(["HOST", "SYSTEM", "TO BUILD", "OPTIONS", "PACKAGES"], rows, layout) + failures.join("")
}

function stateOf({ error, changed }: HostImpact): string {
  if (error !== undefined) return "does not evaluate"
  return changed ? "changes" : "stays"
}
