// The wrapper around every handler: it decides what the client hears when a request fails.

import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver"
import { bug, Cancelled, messageOf } from "../base/index.js"
import { FleetUnavailable } from "../fleet/index.js"
import { signalOf } from "./cancellation.js"

type Handler<P, R> = (params: P, signal: AbortSignal) => R | Promise<R>
type Guarded<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<void>>

/**
 * Wraps a handler of an editor gesture. When evaluation is gone or the handler is broken, the answer is `empty`: a person who
 * rests the mouse somewhere has not asked for an error message.
 */
export function gesture<P, R>(empty: R, handler: Handler<P, R>): Guarded<P, R> {
  return guarded(handler, error => {
    if (!(error instanceof FleetUnavailable)) bug("a handler failed", error)
    return empty
  })
}

/** Wraps a handler of a command. The person asked for it, so a failure is reported. */
export function command<P, R>(handler: Handler<P, R>): Guarded<P, R> {
  return guarded(handler, error => {
    return new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error))
  })
}

function guarded<P, R>(
  handler: Handler<P, R>,
  answerTo: (error: unknown) => R | ResponseError<void>,
): Guarded<P, R> {
  return async (params, token) => {
    try {
      return await handler(params, signalOf(token))
    } catch (error) {
      if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled")
      return answerTo(error)
    }
  }
}
