// A copy of the example in a git repository of its own, where files are typed in, saved, renamed, deleted and committed, as
// an editor and a shell do it, and a fleet that is open meanwhile is told of each as the editor's server would tell it.

import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { dirname, join, relative } from "node:path"
import type { FleetPort } from "../../../server/src/fleet/index.js"
import type { Random, Weighted } from "../../differential/random.js"
import { exampleRoot } from "../../harness/example-fleet.js"
import { temporaryFolder } from "../../harness/temporary-folder.js"
import { edited } from "./text-edits.js"

/** Something that happens to the fleet; what it says is for the log. */
type Act = (random: Random) => string

export class Workplace {
  readonly root: string
  /** Texts that are not saved, by path. */
  readonly unsaved = new Map<string, string>()
  /** Lives through all of it. */
  readonly fleet: FleetPort
  private readonly base = temporaryFolder("edits")

  constructor(open: (root: string) => FleetPort) {
    this.root = join(this.base, "work/fleet")
    cpSync(dirname(exampleRoot), join(this.base, "work"), { recursive: true })
    this.git("init", "--quiet")
    this.git("add", "--all")
    this.git("commit", "--quiet", "--message", "all")
    cpSync(this.root, this.pristine, { recursive: true, verbatimSymlinks: true })
    this.fleet = open(this.root)
  }

  /** Takes back all that was done. */
  revert(): void {
    for (const path of [...this.unsaved.keys()]) this.close(path)
    rmSync(this.root, { recursive: true })
    cpSync(this.pristine, this.root, { recursive: true, verbatimSymlinks: true })
    this.changed(this.root)
  }

  /** Does something, and says what. */
  act(random: Random): string {
    return random.pickWeighted(this.acts)(random)
  }

  /** Paths of all Nix files. */
  files(): string[] {
    return filesBelow(this.root).filter(path => path.endsWith(".nix"))
  }

  private readonly acts: readonly Weighted<Act>[] = [
    { weight: 5, item: random => this.type(random, this.someFile(random)) },
    { weight: 2, item: random => this.withUnsaved(random, path => this.save(path)) },
    { weight: 1, item: random => this.withUnsaved(random, path => this.close(path)) },
    { weight: 1, item: random => this.write(this.someFile(random), text => edited(random, text)) },
    { weight: 1, item: random => this.create(random) },
    { weight: 1, item: random => this.move(random.pick(this.files().filter(isNoFlake)), "x") },
    { weight: 1, item: random => this.move(dirname(random.pick(this.files().filter(isNoFlake))), "z") },
    { weight: 1, item: random => this.delete(random.pick(this.files().filter(isNoFlake))) },
    { weight: 1, item: random => this.runGit(random) },
  ]

  private type(random: Random, path: string): string {
    const text = edited(random, this.unsaved.get(path) ?? readFileSync(path, "utf8"))
    this.unsaved.set(path, text)
    this.fleet.setFile(path, text)
    return `type in ${this.named(path)}`
  }

  private withUnsaved(random: Random, act: (path: string) => void): string {
    if (this.unsaved.size === 0) return "nothing"
    const path = random.pick([...this.unsaved.keys()])
    act(path)
    return `save or close ${this.named(path)}`
  }

  private save(path: string): void {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, this.unsaved.get(path) ?? "")
    this.changed(path)
    this.close(path)
  }

  private close(path: string): void {
    this.unsaved.delete(path)
    this.fleet.setFile(path, undefined)
  }

  private write(path: string, change: (text: string) => string): string {
    writeFileSync(path, change(readFileSync(path, "utf8")))
    this.changed(path)
    return `write ${this.named(path)}`
  }

  private create(random: Random): string {
    const path = join(this.root, "modules", `new-${random.below(5)}.nix`)
    mkdirSync(dirname(path), { recursive: true })
    const copied = readFileSync(random.pick(this.files()), "utf8")
    writeFileSync(path, random.pick(["{ }", "{ config, ... }: { flake.x = config.y; }", copied]))
    this.changed(path)
    return `create ${this.named(path)}`
  }

  private delete(path: string): string {
    rmSync(path)
    this.changed(path)
    return `delete ${this.named(path)}`
  }

  /** Renames a file or a folder. */
  private move(path: string, suffix: string): string {
    const to = path + suffix
    if (path === this.root || existsSync(to)) return "nothing"
    renameSync(path, to)
    this.changed(path, to)
    return `rename ${this.named(path)} to ${this.named(to)}`
  }

  private runGit(random: Random): string {
    const command = random.pick([
      ["add", "--all"],
      ["add", "--intent-to-add", "."],
      ["commit", "--quiet", "--all", "--allow-empty", "--message", "more"],
      ["reset", "--quiet", "--hard"],
      ["gc", "--quiet", "--prune=now"],
    ])
    this.git(...command)
    this.changed(this.root)
    return `git ${command.join(" ")}`
  }

  private git(...args: readonly string[]): void {
    const who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    execFileSync("git", [...who, ...args], { cwd: this.root, stdio: "pipe" })
  }

  private someFile(random: Random): string {
    return random.chance(0.15) ? join(this.root, "flake.nix") : random.pick(this.files())
  }

  private changed(...paths: readonly string[]): void {
    this.fleet.filesChanged(paths)
  }

  private named(path: string): string {
    return relative(this.root, path)
  }

  private get pristine(): string {
    return join(this.base, "pristine")
  }
}

function isNoFlake(path: string): boolean {
  return !path.endsWith("/flake.nix")
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === ".git" ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}
