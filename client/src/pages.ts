// Read-only pages of Markdown that the server writes: an option on all hosts, the plan of a deploy.
//
// A page is a virtual document whose URI says what it shows, so that it can be rendered again when the fleet changes.

import { commands, EventEmitter, type TextDocumentContentProvider, Uri, workspace } from "vscode"
import type { Context } from "./context.js"

/** Schemes of the pages. */
export type PageKind = "canopy-option" | "canopy-plan"

const kinds: readonly PageKind[] = ["canopy-option", "canopy-plan"]

/** Serves the pages until it is disposed of. */
export function servePages(context: Context): { dispose(): void } {
  const changed = new EventEmitter<Uri>()
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: uri => pageAt(context, uri),
  }
  const registrations = kinds.map(kind => workspace.registerTextDocumentContentProvider(kind, provider))
  const following = context.fleet.onDidChange(() => {
    for (const { uri } of workspace.textDocuments) if (isPage(uri)) changed.fire(uri)
  })
  return {
    dispose() {
      for (const disposable of [...registrations, following, changed]) disposable.dispose()
    },
  }
}

/** Opens the page about `subject` (an option path, a host) of the fleet at `root`, rendered. */
export async function showPage(kind: PageKind, subject: string, root: string | undefined): Promise<void> {
  const uri = Uri.from({ scheme: kind, path: `/${subject}.md`, query: root ?? "" })
  await commands.executeCommand("markdown.showPreview", uri)
}

async function pageAt({ server }: Context, uri: Uri): Promise<string> {
  const subject = uri.path.slice(1, -".md".length)
  const root = uri.query === "" ? {} : { root: uri.query }
  try {
    if (uri.scheme === "canopy-plan")
      return (await server.request("canopy/plan", { hosts: [subject], ...root })).markdown
    return (await server.request("canopy/option", { path: subject, ...root })).markdown
  } catch (error) {
    return `# ${subject}\n\n${error instanceof Error ? error.message : String(error)}\n`
  }
}

function isPage(uri: Uri): boolean {
  return kinds.some(kind => kind === uri.scheme)
}
