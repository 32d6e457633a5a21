// Hovers, from the moment on that the extension is active. The client of the protocol has a provider of its own, which is there
// only once the server runs: VS Code would ask nobody before, and a hover on its way while one provider takes the place of
// another is lost. So this one stays, and the client's says nothing (client.ts).

import { type Disposable, languages } from "vscode"
import type { Server } from "./client.js"

/** Answers them until it is disposed of. While the server starts they wait for it. */
export function answerHovers(server: Server): Disposable {
  return languages.registerHoverProvider(server.documents, {
    provideHover: (document, position, token) => server.hover(document, position, token),
  })
}
