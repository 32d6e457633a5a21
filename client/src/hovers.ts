// Answers hovers from the moment the extension is active. The protocol's client registers its own provider only once the server
// runs: VS Code would ask nobody before, and a hover that is under way while providers change is lost. So this provider stays, and
// the client's own returns nothing (quiet-client.ts).

import { type Disposable, languages } from "vscode"
import type { Server } from "./client.js"

/** Answers hovers until it is disposed of. They wait while the server starts. */
export function answerHovers(server: Server): Disposable {
  return languages.registerHoverProvider(server.documents, {
    provideHover: (document, position, token) => server.hover(document, position, token),
  })
}
