// Answers hovers from the moment VS Code loads the extension. The protocol's client registers its own provider only once the server
// runs: VS Code would ask nobody before, and a hover that is under way while providers change is lost. So this provider stays, and
// the client's own returns nothing (quiet-client.ts).

import { type Disposable, languages } from "vscode"
import type { Server } from "./client.js"
import { documents } from "./documents.js"

/** Answers hovers until it is disposed of. They wait for `server`, and while that starts. */
export function answerHovers(server: Promise<Server>): Disposable {
  return languages.registerHoverProvider(documents, {
    provideHover: async (document, position, token) => (await server).hover(document, position, token),
  })
}
