// The one failure of this folder: a source cannot be had.

/** Why a source could not be had, as a sentence part for people. */
export class FetchError extends Error {
  constructor(
    message: string,
    /** `passing`: trying again could help. `verdict`: says all by itself, also which source it is about. */
    readonly kind: "final" | "passing" | "verdict" = "final",
  ) {
    super(message)
    this.name = "FetchError"
  }
}
