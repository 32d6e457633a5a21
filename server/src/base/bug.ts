// A broken invariant: reported, survived in production, fatal in tests.

let report: (message: string) => void = message => {
  throw new Error(message)
}

/** Says where reports go. Tests keep the default, which throws. */
export function onBug(handler: (message: string) => void): void {
  report = handler
}

/** Reports that something happened which the program rules out. Returns, unless the handler throws. */
export function bug(message: string, cause?: unknown): void {
  const detail = cause instanceof Error ? `: ${cause.stack ?? cause.message}` : ""
  report(`bug: ${message}${detail}`)
}
