// What an open fleet needs from around it: the machine, the person's settings, and somebody who shows what goes on.

import type { Finding, RequestOptions, WatchedPaths } from "../fleet/index.js"
import type { ServerSettings } from "./protocol.js"
import type { World } from "./world.js"

export interface FleetEvents {
  /** The report on all fleets has changed. */
  changed(): void
  /** @param checked the hosts that were checked so far; absent when it was all */
  found(root: string, findings: readonly Finding[], checked?: readonly string[]): void
  /** What the answers of a fleet turned out to depend on. @param begun called when that is watched, if it was not before */
  watched(root: string, paths: WatchedPaths, begun: () => void): void
  closed(root: string): void
  /** Runs something that a person waits for and may want to watch or cancel: a first load, a download. */
  working<T>(
    title: string,
    signal: AbortSignal,
    work: (options: Required<RequestOptions>) => Promise<T>,
  ): Promise<T>
}

export interface Surroundings {
  readonly world: World
  readonly events: FleetEvents
  readonly settings: ServerSettings
  /** Told of files that this fleet fetched or built: other fleets may read them, too. */
  readonly filesCame: (paths: readonly string[]) => void
}
