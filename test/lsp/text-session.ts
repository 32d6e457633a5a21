// A small fleet for tests of the protocol: one host, texts by path, no disk and no threads.

import { type CancelFlag, Cancelled } from "../../server/src/base/index.js"
import type {
  Answers,
  Finding,
  Fleet,
  FleetSession,
  Host,
  Kind,
  LockedInput,
  OptionAnswer,
  Plan,
  Question,
  SourceRequest,
  WatchedPaths,
} from "../../server/src/fleet/index.js"

const galena: Host = {
  name: "galena",
  class: "nixos",
  system: "x86_64-linux",
  tags: [],
  target: "root@galena.zt",
  aspects: ["base"],
  modules: 3,
}

/** A fleet of one host that says of `port` what a.nix has behind it, and finds fault with every `BAD`. */
export class TextSession implements FleetSession {
  private readonly unsaved = new Map<string, string>()
  /** The texts of the files that flake.nix READS, when it was loaded. */
  private readonly read = new Map<string, string>()
  loads = 0

  constructor(
    private readonly disk: Map<string, string>,
    private readonly cancel: CancelFlag,
    private readonly told: string[],
  ) {}

  answer(question: Question): Answers[Kind] | Promise<Answers[Kind]> {
    switch (question.kind) {
      case "outline":
        return { root: "/fleet", containers: [], inputs: this.inputs(), hostNames: ["galena"] }
      case "load":
        return this.load()
      case "hosts":
        return [galena]
      case "aspects":
        return { hosts: ["galena"], aspects: [] }
      case "importers":
      case "vars":
      case "definedIn":
      case "systems":
        return []
      case "option":
        return this.option(question.path)
      case "why":
        return { file: question.path, imported: false, hosts: [], via: [], why: "nothing imports it" }
      case "check":
      case "checkSoFar":
        return this.check()
      case "plan":
        return { hosts: question.hosts.map(planOf) }
      case "packages":
        return { channels: [], fallbacks: [], broken: [] }
      case "watched":
        return this.watched()
      case "changed":
        return this.changed()
      case "wanted":
        return this.wanted()
      case "lock":
        return this.lock()
      case "stageBuild":
        return question.derivation === "gone" ? undefined : { folder: "/none", drvPath: question.derivation }
    }
  }

  private async load(): Promise<Fleet> {
    this.loads++
    for (const path of this.readPaths()) this.read.set(path, this.text(path))
    if (this.text("/fleet/flake.nix").includes("ENDLESS")) await this.untilCancelled()
    if (this.text("/fleet/flake.nix").includes("UNPARSABLE")) return this.nothing()
    if (this.text("/fleet/flake.nix").includes("BROKEN")) throw new Error("flake.nix has no outputs")
    return { root: "/fleet", hosts: [galena], aspects: [], containers: [], inputs: this.inputs() }
  }

  private nothing(): Fleet {
    const why = "flake.nix: found '?'"
    return {
      root: "/fleet",
      hosts: [],
      aspects: [],
      containers: [],
      inputs: [],
      noHosts: why,
      incomplete: why,
    }
  }

  private inputs(): readonly LockedInput[] {
    const found = this.text("/fleet/flake.nix").matchAll(/inputs\.(\w+)\.url = "(.*?)"/g)
    return Array.from(found, ([, name, url]) => ({ name, url }))
  }

  private async option(path: string): Promise<OptionAnswer> {
    if (path === "forever") await this.untilCancelled()
    if (path === "broken") throw new Error("a broken session")
    const valueText = /port = (.*);/.exec(this.text("/fleet/a.nix"))?.[1] ?? "unset"
    const facts = { highestPrio: 100, isDefined: true, type: "string", description: "", declarations: [] }
    return { path, hosts: [{ host: "galena", class: "nixos", valueText, definitions: [], ...facts }] }
  }

  private async check(): Promise<Finding[]> {
    if (this.text("/fleet/flake.nix").includes("SLOW")) await this.untilCancelled()
    return [...new Set([...this.disk.keys(), ...this.unsaved.keys()])].flatMap(file => {
      const lines = this.text(file).split("\n")
      return lines.flatMap((line, index) => (line.includes("BAD") ? [finding(file, index + 1, line)] : []))
    })
  }

  /** Every `READS path`, and the folder modules, whose folder a is listed. */
  private watched(): WatchedPaths {
    return {
      files: this.readPaths(),
      folders: ["/fleet/modules"],
      listed: ["/fleet/modules/a"],
    }
  }

  private readPaths(): string[] {
    return Array.from(this.text("/fleet/flake.nix").matchAll(/READS (\S+)/g), ([, path]) => path)
  }

  private changed(): string[] {
    return [...this.read].flatMap(([path, text]) => (this.text(path) === text ? [] : [path]))
  }

  /** Every `MISSING url`. */
  private wanted(): SourceRequest[] {
    const urls = Array.from(this.text("/fleet/flake.nix").matchAll(/MISSING (\S+)/g), match => match[1])
    return urls.map(url => ({
      ref: { type: "tarball", url },
      name: "source",
      method: "nar",
      hash: "sha256-x",
    }))
  }

  private lock() {
    if (this.text("/fleet/flake.nix").includes("UNLOCKABLE")) throw new Error("it cannot be locked")
    return { isEmpty: false, root: "/fleet", text: "{ }\n" }
  }

  setFile(path: string, text: string | undefined) {
    if (text === undefined) this.unsaved.delete(path)
    else this.unsaved.set(path, text)
  }

  filesChanged(paths: readonly string[] = []) {
    this.told.push(...paths)
  }

  private text(path: string): string {
    return this.unsaved.get(path) ?? this.disk.get(path) ?? "no such file"
  }

  private async untilCancelled(): Promise<void> {
    while (!this.cancel.raised) await new Promise(resolve => setImmediate(resolve))
    throw new Cancelled()
  }
}

function planOf(host: string): Plan["hosts"][number] {
  const update = { title: "update", command: ["clan", "machines", "update", host], on: "here" }
  return { host, backend: "clan", steps: [update], changes: [], warnings: ["mind"] }
}

/** Byte columns, as evaluation counts. */
function finding(file: string, line: number, text: string): Finding {
  const column = Buffer.byteLength(text.slice(0, text.indexOf("BAD"))) + 1
  const range = { start: { line, column }, end: { line, column: column + 3 } }
  return {
    file,
    range,
    severity: "warning",
    code: "bad",
    message: "this is bad",
    hosts: ["galena"],
    related: [],
    ...(text.includes("FETCH") ? { fix: { kind: "fetch" } } : {}),
  }
}
