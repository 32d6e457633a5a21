// Read-only pages of Markdown that the server writes: an option on all hosts, the plan of a deploy.
//
// A page is a virtual document whose URI says what it shows, so that it can be rendered again when the fleet changes.

import { relative } from "node:path"
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

/** What a page is about: an option path or a host, and the fleet it is of. */
export interface PageSubject {
  readonly subject: string
  readonly root?: string
}

/** Opens a page, rendered. `title` is what its tab says. */
export async function showPage(kind: PageKind, title: string, subject: PageSubject): Promise<void> {
  const uri = Uri.from({ scheme: kind, path: `/${title}`, query: JSON.stringify(subject) })
  await commands.executeCommand("markdown.showPreview", uri)
}

async function pageAt(context: Context, uri: Uri): Promise<string> {
  return previewed(await markdownAt(context, uri), workspace.workspaceFolders?.[0]?.uri.fsPath)
}

// The preview refuses `file:` links. It takes `/paths` from the first folder of the window, also out of that folder.
function previewed(markdown: string, folder: string | undefined): string {
  return markdown.replace(/\]\((file:[^)\s]+)\)/g, (_match, link: string) => {
    const { fsPath, fragment } = Uri.parse(link)
    const path = folder === undefined ? fsPath : relative(folder, fsPath)
    return `](/${encodeURI(path)}${fragment === "" ? "" : `#${fragment}`})`
  })
}

async function markdownAt({ server }: Context, uri: Uri): Promise<string> {
  const { subject, ...fleet }: PageSubject = JSON.parse(uri.query)
  try {
    if (uri.scheme === "canopy-plan")
      return (await server.request("canopy/plan", { hosts: [subject], ...fleet })).markdown
    return (await server.request("canopy/option", { path: subject, ...fleet })).markdown
  } catch (error) {
    return `# ${subject}\n\n${error instanceof Error ? error.message : String(error)}\n`
  }
}

function isPage(uri: Uri): boolean {
  return kinds.some(kind => kind === uri.scheme)
}
