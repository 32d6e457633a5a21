// Import from derivation, as far as the evaluator knows of it: which output is wanted, and all that the store has to hold
// before it can be built. Who builds, and whether that is allowed, is up to `EvalIO.builds`.

import type { ContentMethod, FileTree } from "../../store/index.js"
import { EvalError } from "../errors/error.js"

/** Something that a build needs in the store. `path` is its store path, `name` what is behind the hash. */
export type StoreObject =
  | {
      readonly kind: "text"
      readonly path: string
      readonly name: string
      readonly text: string
      readonly references: readonly string[]
    }
  | {
      readonly kind: "tree"
      readonly path: string
      readonly name: string
      readonly tree: FileTree
      readonly method: Extract<ContentMethod, "nar" | "flat">
    }
  /** Nobody here knows what is in it: it is in the store already, or the build fails. */
  | { readonly kind: "unknown"; readonly path: string }

export interface WantedOutput {
  readonly drvPath: string
  readonly output: string
  /** Where the output is once it is built. */
  readonly outPath: string
  /** What the store has to hold, each thing after what it refers to; the derivation is the last. */
  closure(): readonly StoreObject[]
}

export interface Builds {
  /**
   * Makes an output readable: it was built before, or is built now. False if it was not and may not be.
   * Throws EvalError when a build fails, and Cancelled.
   */
  realise(wanted: WantedOutput): boolean
}

/** Evaluation needs the result of a build that nobody may do, or that nobody can. Its message is Nix's. */
export class BuildNeeded extends EvalError {
  constructor(
    readonly drvPath: string,
    readonly output: string,
  ) {
    super(
      "import-from-derivation",
      `cannot build '${drvPath}^${output}' during evaluation because the option 'allow-import-from-derivation' is disabled`,
    )
  }

  /** What would be built, as people call it. */
  get derivationName(): string {
    return this.drvPath.replace(/^.*\/[0-9a-z]{32}-/, "").replace(/\.drv$/, "")
  }
}
