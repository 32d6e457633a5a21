// The error of this folder: a source could not be fetched.

/** Why a source could not be fetched, as part of a sentence for people. */
export class FetchError extends Error {
  constructor(
    message: string,
    /** `passing`: trying again could help. `verdict`: the message is complete and names the source. */
    readonly kind: "final" | "passing" | "verdict" = "final",
  ) {
    super(message)
    this.name = "FetchError"
  }
}
