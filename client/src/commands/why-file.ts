// Canopy: Why Is This File (Not) Imported? Says which hosts the open file is a module of, or what keeps it from being one.

import { basename } from "node:path"
import { Position, Range, Uri, window } from "vscode"
import type { Context } from "../context.js"
import { asked } from "./asked.js"

/** Explains `file`, or the file in front. */
export async function whyFile({ server }: Context, file?: Uri): Promise<void> {
  const path = (file ?? window.activeTextEditor?.document.uri)?.fsPath
  if (path === undefined) throw new Error("no file is open")
  const role = await asked(`Looking for what imports ${basename(path)}`, token =>
    server.request("canopy/why", { path }, token),
  )
  if (role === undefined) return
  const { imported, hosts, why, at } = role
  const on = hosts.length === 0 ? "" : ` on ${hosts.join(", ")}`
  const said = `${basename(path)} is ${imported ? "" : "not "}imported${on}: ${why}.`
  const choice = await window.showInformationMessage(said, ...(at === undefined ? [] : ["Show Where"]))
  if (choice === undefined || at === undefined) return
  const place = new Position(at.line - 1, Math.max(0, at.column - 1))
  await window.showTextDocument(Uri.file(at.file), { selection: new Range(place, place) })
}
