// From paths as evaluation sees them to files on disk.

import type { Evaluation } from "./evaluation.js"
import type { Files } from "./files.js"

export class FleetPaths {
  constructor(
    private readonly evaluation: Evaluation,
    private readonly files: Files,
  ) {}

  /** The folder of the fleet. */
  get root(): string {
    return this.evaluation.flake.root
  }

  /** Whether a file on disk is the fleet's own. */
  isOwn(path: string): boolean {
    return path.startsWith(`${this.root}/`)
  }

  /** From a path as evaluation sees it to the file on disk. */
  get realPath(): (seen: string) => string {
    return this.evaluation.realPath
  }

  /**
   * The file of a module, from the name that the module system has for it. A folder of the fleet means its default.nix, so that
   * there is a line to go to. Folders of inputs keep their names.
   */
  get moduleFile(): (seen: string) => string {
    const known = new Map<string, string>()
    return seen => {
      const path = known.get(seen) ?? this.withDefault(this.realPath(seen))
      known.set(seen, path)
      return path
    }
  }

  private withDefault(path: string): string {
    return this.isOwn(path) && this.files.kindOf(path) === "directory" ? `${path}/default.nix` : path
  }
}
