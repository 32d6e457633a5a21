// Two words for one thing: the protocol's cancellation token, and the signal that everything below it understands.

import type { CancellationToken } from "vscode-languageserver"

/** A signal that is aborted when the client cancels the request. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController()
  if (token.isCancellationRequested) controller.abort()
  else token.onCancellationRequested(() => controller.abort())
  return controller.signal
}
