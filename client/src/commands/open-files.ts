// Opens the files of an aspect or a host from the fleet tree.

import { basename, isAbsolute, join, relative } from "node:path"
import { Uri, window } from "vscode"
import type { Context } from "../context.js"

/** A tree row that has files. */
export interface WithFiles {
  readonly root: string
  readonly files: readonly string[]
}

/** Opens the only file, or asks which one. */
export async function openFiles(_context: Context, row?: WithFiles): Promise<void> {
  if (row === undefined || row.files.length === 0) return
  const files = row.files.map(file => (isAbsolute(file) ? file : join(row.root, file)))
  const file = files.length === 1 ? files[0] : await pickFile(row.root, files)
  if (file !== undefined) await window.showTextDocument(Uri.file(file))
}

async function pickFile(root: string, files: readonly string[]): Promise<string | undefined> {
  const items = files.map(file => ({ label: basename(file), description: relative(root, file), file }))
  return (await window.showQuickPick(items, { title: "Open which file?", matchOnDescription: true }))?.file
}
