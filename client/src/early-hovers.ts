// Hovers that are asked for while the server starts: they wait for it. The server's own provider is registered when it runs, and
// VS Code asks nobody else for a hover that came before.

import { type Disposable, type HoverProvider, languages, type TextDocument } from "vscode"

/**
 * Answers hovers until the server has started.
 * @param providerOf the server's own provider of hovers, once it runs
 */
export function answerEarlyHovers(
  language: string,
  started: Promise<void>,
  providerOf: (document: TextDocument) => HoverProvider | undefined,
): Disposable {
  const registration = languages.registerHoverProvider(language, {
    async provideHover(document, ...where) {
      await started
      return providerOf(document)?.provideHover(document, ...where)
    },
  })
  const end = () => registration.dispose()
  started.then(end, end)
  return registration
}
