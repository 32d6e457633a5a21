// What a person asked for and now waits for: shown as a notification, from which it can be cancelled. A fleet of real machines
// takes half a minute for a question that the example answers at once.

import { type CancellationToken, ProgressLocation, window } from "vscode"

/** What `ask` comes to; undefined when the person cancels it. `title` says what goes on. */
export function asked<T>(
  title: string,
  ask: (token: CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true }
  return Promise.resolve(
    window.withProgress(options, async (_progress, token) => {
      try {
        return await ask(token)
      } catch (error) {
        if (token.isCancellationRequested) return undefined
        throw error
      }
    }),
  )
}
