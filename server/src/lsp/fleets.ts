// The fleets of the workspace: found by their flake.nix, opened when first needed, told of every change.
//
// Invariant: without trust no fleet is open, so nothing is evaluated, whatever is asked.

import { join } from "node:path"
import { rootOf, rootsIn } from "./fleet-roots.js"
import { OpenFleet } from "./open-fleet.js"
import type { FleetEntry, FleetReport, ServerSettings } from "./protocol.js"
import type { FleetEvents } from "./surroundings.js"
import type { World } from "./world.js"

export class Fleets {
  private readonly open = new Map<string, OpenFleet>()
  private readonly texts = new Map<string, string>()
  private folders: readonly string[] = []

  constructor(
    private readonly world: World,
    private readonly events: FleetEvents,
    private settings: ServerSettings,
    private trusted: boolean,
  ) {}

  /** Opens the fleets of these workspace folders, and closes those that are no longer part of the workspace. */
  setFolders(folders: readonly string[]): void {
    this.folders = folders
    for (const root of [...this.open.keys()])
      if (this.rootOf(join(root, "flake.nix")) !== root) void this.close(root)
    for (const folder of folders)
      for (const root of rootsIn(folder, this.world, this.settings.evaluation.hosts))
        this.ofPath(join(root, "flake.nix"))
    this.events.changed()
  }

  /** The person trusts the workspace: opens its fleets. */
  trust(): void {
    this.trusted = true
    this.setFolders(this.folders)
  }

  /** Reopens all fleets if the settings changed, since they change what evaluation gives. */
  setSettings(settings: ServerSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return
    this.settings = settings
    const roots = [...this.open.keys()]
    for (const root of roots) this.close(root)
    // The setting that says where hosts are may make a folder a fleet, or stop it from being one.
    for (const root of roots) this.ofPath(join(root, "flake.nix"))
    this.setFolders(this.folders)
  }

  /** The fleet that the file at an absolute path belongs to; opened if it is not open yet. */
  ofPath(path: string): OpenFleet | undefined {
    const root = this.trusted ? this.rootOf(path) : undefined
    return root === undefined ? undefined : (this.open.get(root) ?? this.openAt(root))
  }

  /** The fleet at `root`, or the first one. */
  at(root: string | undefined): OpenFleet | undefined {
    return root === undefined ? this.open.values().next().value : this.open.get(root)
  }

  get offersBuilds(): boolean {
    return this.settings.evaluation.builds !== "never"
  }

  report(): FleetReport {
    const fleets = [...this.open.values()].map(
      ({ root, status, isBusy, fleet, lastKnown }): FleetEntry => ({
        root,
        status,
        isBusy,
        ...(fleet === undefined ? {} : { fleet }),
        ...(lastKnown === undefined ? {} : { lastKnown }),
      }),
    )
    return { trusted: this.trusted, fleets }
  }

  /** Sets the unsaved text of a file; undefined means that it is as on disk again, which it may have been all the time. */
  setText(path: string, text: string | undefined): void {
    if (text === undefined && !this.texts.has(path)) return
    if (text === undefined) this.texts.delete(path)
    else this.texts.set(path, text)
    for (const fleet of this.open.values()) fleet.setText(path, text)
  }

  /** Whether a file on disk has the text that was typed, as after saving it. */
  isSaved(path: string): boolean {
    const text = this.texts.get(path)
    return text !== undefined && text === this.world.readText(path)
  }

  filesChanged(paths: readonly string[]): void {
    for (const fleet of this.open.values()) fleet.filesChanged(paths)
    // A flake.nix may have come to a folder that had none.
    this.setFolders(this.folders)
  }

  /** Evaluates what changed on disk, also what no watcher saw. `restart` throws away everything computed so far. */
  refreshAll(restart: boolean): void {
    for (const fleet of this.open.values()) fleet.evaluateAgain(restart)
  }

  /** Ends what goes on unasked in any of them. */
  stopAll(): void {
    for (const fleet of this.open.values()) fleet.stop()
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.open.keys()].map(root => this.close(root)))
  }

  private rootOf(path: string): string | undefined {
    return rootOf(path, this.folders, this.world, this.settings.evaluation.hosts)
  }

  private openAt(root: string): OpenFleet {
    const { world, events, settings, texts } = this
    const filesCame = (paths: readonly string[]) => this.filesChanged(paths)
    const fleet = new OpenFleet(root, texts, { world, events, settings, filesCame })
    this.open.set(root, fleet)
    fleet.start()
    return fleet
  }

  private close(root: string): Promise<void> | undefined {
    const fleet = this.open.get(root)
    this.open.delete(root)
    return fleet?.close()
  }
}
