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

const diskReasons: Readonly<Record<string, string>> = {
  EACCES: "may not be written",
  EPERM: "may not be written",
  EROFS: "is on a file system that is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk space that is allowed is used up",
  EIO: "the disk fails",
}

/** The error for what the disk of this machine refuses; undefined for every other error. */
export function diskFailure(error: unknown): FetchError | undefined {
  const { code = "", path } = error as NodeJS.ErrnoException
  const why = diskReasons[code]
  if (why === undefined) return undefined
  return new FetchError(why.startsWith("the ") ? why : `'${path}' ${why}`)
}
