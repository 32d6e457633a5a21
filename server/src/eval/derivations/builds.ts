// Import from derivation, as far as the evaluator knows: which output is wanted, and everything that the store needs before it can be
// built. Who builds, and whether that is allowed, is up to `EvalIO.builds`.

import type { ContentMethod, FileTree } from "../../store/index.js"
import { EvalError } from "../errors/error.js"

/** Something that a build needs in the store. `path` is its store path, `name` the part behind the hash. */
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
  /** Unknown contents: it is in the store already, or the build fails. */
  | { readonly kind: "unknown"; readonly path: string }

export interface WantedOutput {
  readonly drvPath: string
  readonly output: string
  /** Where the output is once it is built. */
  readonly outPath: string
  /** What the store needs, each object after its references; the derivation comes last. */
  closure(): readonly StoreObject[]
}

export interface Builds {
  /**
   * Makes an output readable: it was built before, or is built now. False if it was not and may not be.
   * @throws EvalError when a build fails, and Cancelled
   */
  realise(wanted: WantedOutput): boolean
}

/** Evaluation needs the result of a build that is not allowed or not possible. The message is Nix's. */
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
