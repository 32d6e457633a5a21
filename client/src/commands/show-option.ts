// Canopy: Show Option on All Hosts. Asks for a path, suggests the selection, and opens the answer as a page.

import { window } from "vscode"
import type { FleetReport } from "../../../server/src/lsp/protocol.js"
import { type Context, hostsOf } from "../context.js"
import { asked } from "./asked.js"

// Attribute names, the dots between them, and quoted names such as "my.host".
const optionPath = /^(?:[\w'-]+|"[^"]+")(?:\.(?:[\w'-]+|"[^"]+"))*$/

/** Shows the option at `path` of the fleet at `root`, which a link in a hover passes; without them the person types a path. */
export async function showOption(context: Context, path?: string, root?: string): Promise<void> {
  const chosen = path ?? (await askPath())
  if (chosen === undefined) return
  const fleet = root ?? fleetInFront(context.fleet.report)
  const subject = chosen.trim()
  const inFleet = fleet === undefined ? {} : { root: fleet }
  const report = await asked(`Evaluating ${subject} on all hosts`, token =>
    context.server.request("canopy/option", { path: subject, ...inFleet }, token),
  )
  if (report !== undefined)
    await context.pages.show("canopy-option", subject, { subject, ...inFleet }, report.markdown)
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

function askPath(): Thenable<string | undefined> {
  return window.showInputBox({
    title: "Show Option on All Hosts",
    prompt: "An option's path, such as services.openssh.enable",
    value: selectedPath(),
    validateInput: value => (optionPath.test(value.trim()) ? undefined : "This is not a dotted option path"),
  })
}

/** The selection, or the dotted path under the cursor, in a Nix file. */
function selectedPath(): string {
  const editor = window.activeTextEditor
  if (editor?.document.languageId !== "nix") return ""
  const { document, selection } = editor
  const word = document.getWordRangeAtPosition(selection.active, /[\w'-]+(?:\.[\w'-]+)*/)
  const text = document.getText(selection.isEmpty ? word : selection)
  return optionPath.test(text) ? text : ""
}
