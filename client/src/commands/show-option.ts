// Canopy: Show Option on All Hosts. Asks for a path, offers what is selected, and opens the answer as a page.

import { window } from "vscode"
import type { Context } from "../context.js"
import { showPage } from "../pages.js"

// Attribute names, the dots between them, and quoted names such as "my.host".
const optionPath = /^(?:[\w'-]+|"[^"]+")(?:\.(?:[\w'-]+|"[^"]+"))*$/

/** `path` and `root` come from a link in a hover; without them the person types. */
export async function showOption(context: Context, path?: string, root?: string): Promise<void> {
  const chosen = path ?? (await askPath())
  if (chosen === undefined) return
  const fleet = root ?? context.fleet.report?.fleets[0]?.root
  const subject = chosen.trim()
  await showPage("canopy-option", subject, { subject, ...(fleet === undefined ? {} : { root: fleet }) })
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
