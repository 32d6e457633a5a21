// Cancellation, translated: from the protocol's token to the signal that all layers below understand.

import type { CancellationToken } from "vscode-languageserver"

/** A signal that is aborted when the client cancels the request. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController()
  if (token.isCancellationRequested) controller.abort()
  else token.onCancellationRequested(() => controller.abort())
  return controller.signal
}
