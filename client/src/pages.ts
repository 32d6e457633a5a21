// Read-only pages of Markdown from the server: an option on all hosts, the plan of a deploy.
//
// A page is a virtual document whose URI says what it shows, so that it is rendered again when the fleet changes.

import { relative } from "node:path"
import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  TabInputCustom,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from "vscode"
import type { Server } from "./client.js"
import type { FleetState } from "./context.js"
import { messageOf } from "./failures.js"

/** Schemes of the pages. */
export type PageKind = "canopy-option" | "canopy-plan"

// The editor for rendered Markdown of VS Code's own extension. Its command "markdown.showPreview" would take the focus, and some
// time after it has ended: away from a dialog that was shown meanwhile.
const preview = "vscode.markdown.preview.editor"

const kinds: readonly PageKind[] = ["canopy-option", "canopy-plan"]

/** What a page shows: an option path or a host, and its fleet. */
export interface PageSubject {
  readonly subject: string
  readonly root?: string
}

export interface Pages extends Disposable {
  /** Opens a page, rendered. `title` is what its tab says, `markdown` what is known to stand in it. */
  show(kind: PageKind, title: string, subject: PageSubject, markdown: string): Promise<void>
}

/** Serves the pages until it is disposed of. */
export function servePages(server: Server, fleet: FleetState): Pages {
  const changed = new EventEmitter<Uri>()
  // What was asked for to show it, by URI: taken once, for the next time the fleet may be another.
  const known = new Map<string, string>()
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri, token) {
      const markdown = known.get(uri.toString())
      known.delete(uri.toString())
      return previewed(
        markdown ?? (await markdownAt(server, uri, token)),
        workspace.workspaceFolders?.[0]?.uri.fsPath,
      )
    },
  }
  const registrations = [
    ...kinds.map(kind => workspace.registerTextDocumentContentProvider(kind, provider)),
    redrawing(),
  ]
  const following = onceSettled(fleet, roots => {
    for (const { uri } of workspace.textDocuments)
      if (isPage(uri) && roots.has(subjectOf(uri).root ?? "")) changed.fire(uri)
  })
  return {
    async show(kind, title, subject, markdown) {
      const uri = Uri.from({ scheme: kind, path: `/${title}`, query: JSON.stringify(subject) })
      known.set(uri.toString(), markdown)
      // One that is open already is read again.
      changed.fire(uri)
      await commands.executeCommand("vscode.openWith", uri, preview, {
        preserveFocus: kind === "canopy-plan",
      })
    },
    dispose() {
      for (const disposable of [...registrations, following, changed]) disposable.dispose()
    },
  }
}

/** Milliseconds in which a preview that comes to be seen is drawn, on a slow machine. */
const DRAWING_MS = 3000

/** Has a page drawn again that changed while its preview was being drawn: VS Code would go on showing the old text. */
function redrawing(): Disposable {
  let seenAt = 0
  let timer: NodeJS.Timeout | undefined
  const registrations = [
    window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
      const isSeen = [...opened, ...changed].some(
        ({ input, isActive }) => isActive && input instanceof TabInputCustom && isPage(input.uri),
      )
      if (isSeen) seenAt = performance.now()
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (!isPage(document.uri) || performance.now() - seenAt > DRAWING_MS) return
      clearTimeout(timer)
      timer = setTimeout(() => commands.executeCommand("markdown.preview.refresh"), DRAWING_MS)
    }),
  ]
  return {
    dispose() {
      clearTimeout(timer)
      for (const registration of registrations) registration.dispose()
    },
  }
}

/** Tells of the fleets that have come to be loaded, or cannot be. A page that is asked for meanwhile would be so twice. */
function onceSettled(fleet: FleetState, tell: (roots: ReadonlySet<string>) => void): Disposable {
  let loading = new Set<string>()
  return fleet.onDidChange(({ fleets }) => {
    const before = loading
    loading = new Set(fleets.filter(({ status }) => status.kind === "loading").map(({ root }) => root))
    const settled = fleets.map(({ root }) => root).filter(root => before.has(root) && !loading.has(root))
    if (settled.length > 0) tell(new Set(settled))
  })
}

// The preview refuses `file:` links. It resolves `/paths` against the first folder of the window, and they may lead out of it.
function previewed(markdown: string, folder: string | undefined): string {
  return markdown.replace(/\]\((file:[^)\s]+)\)/g, (_match, link: string) => {
    const { fsPath, fragment } = Uri.parse(link)
    const path = folder === undefined ? fsPath : relative(folder, fsPath)
    return `](/${encodeURI(path)}${fragment === "" ? "" : `#${fragment}`})`
  })
}

async function markdownAt(server: Server, uri: Uri, token: CancellationToken): Promise<string> {
  const { subject, ...fleet } = subjectOf(uri)
  try {
    if (uri.scheme === "canopy-plan")
      return (await server.request("canopy/plan", { hosts: [subject], ...fleet }, token)).markdown
    return (await server.request("canopy/option", { path: subject, ...fleet }, token)).markdown
  } catch (error) {
    return `# ${subject}\n\n${messageOf(error)}\n`
  }
}

function subjectOf(uri: Uri): PageSubject {
  return JSON.parse(uri.query)
}

function isPage(uri: Uri): boolean {
  return kinds.some(kind => kind === uri.scheme)
}
