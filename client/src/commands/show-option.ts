// Canopy: Show Option on All Hosts. Asks for a path, suggests what is selected or under the cursor, and opens the answer as a page.

import { type TextEditor, window } from "vscode"
import type { FleetReport } from "../../../server/src/lsp/protocol.js"
import { type Context, hostsOf } from "../context.js"
import type { PageSubject } from "../pages.js"
import { asked } from "./asked.js"

// Attribute names, the dots between them, and quoted names such as "my.host".
const optionPath = /^(?:[\w'-]+|"[^"]+")(?:\.(?:[\w'-]+|"[^"]+"))*$/

/** Shows the option whose path the person types, or one with a name like it. */
export async function showOption(context: Context): Promise<void> {
  const fleet = fleetInFront(context.fleet.report)
  const subject = (await askPath(await suggestedPath(context)))?.trim()
  if (subject !== undefined) await show(context, fleet === undefined ? { subject } : { subject, root: fleet })
}

async function show(context: Context, page: PageSubject): Promise<void> {
  const { subject: path, ...inFleet } = page
  const report = await asked(`Evaluating ${path} on all hosts`, token =>
    context.server.request("canopy/option", { path, ...inFleet }, token),
  )
  if (report === undefined) return
  const { near = [] } = report.answer
  const title = `No host has the option ${path}. Which did you mean?`
  const meant = near.length === 0 ? undefined : await window.showQuickPick(near, { title })
  if (meant !== undefined) await show(context, { ...inFleet, subject: meant })
  else await context.pages.show("canopy-option", path, page, report.markdown)
}

/** The fleet of the file in front; if that is in none, the first fleet with hosts. */
function fleetInFront(report: FleetReport | undefined): string | undefined {
  const roots = report?.fleets.map(({ root }) => root) ?? []
  const path = window.activeTextEditor?.document.uri.fsPath
  const around = roots.filter(root => path?.startsWith(`${root}/`))
  // The nearest fleet has the longest path.
  const [nearest] = around.sort((a, b) => b.length - a.length)
  return nearest ?? hostsOf(report)[0]?.entry.root ?? roots[0]
}

function askPath(value: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: "Show Option on All Hosts",
    prompt: "An option's path, such as services.openssh.enable",
    value,
    validateInput: value => (optionPath.test(value.trim()) ? undefined : "This is not a dotted option path"),
  })
}

/** What is selected in a Nix file, or else the option at the cursor; empty if it is none. */
async function suggestedPath(context: Context): Promise<string> {
  const editor = window.activeTextEditor
  if (editor?.document.languageId !== "nix") return ""
  const selected = editor.document.getText(editor.selection)
  if (optionPath.test(selected)) return selected
  // A server that starts is not waited for: the person may type meanwhile.
  return context.server.state === "running" ? await optionAt(context, editor) : ""
}

async function optionAt({ server }: Context, { document, selection }: TextEditor): Promise<string> {
  const { line, character } = selection.active
  const at = { path: document.uri.fsPath, position: { line, character } }
  const path = await asked("Reading the flake", token => server.request("canopy/optionAt", at, token))
  return path ?? ""
}
