// Lays out what a build needs in a folder, for Nix to add to its store: texts, trees, and a Nix expression that adds them one after
// the other. Adding by evaluation works with every Nix and for every user, also through a daemon that trusts nobody, and it fails if
// something does not get the path that Canopy computed.

import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type StoreObject, type WantedOutput, writtenString } from "../eval/index.js"
import type { StagedBuild } from "../fleet/index.js"
import type { FileTree } from "../store/index.js"

/**
 * Lays out what the store lacks in a new folder, which the caller deletes.
 * @param has whether the store has a path already
 */
export function stageBuild({ drvPath, closure }: WantedOutput, has: (path: string) => boolean): StagedBuild {
  const folder = mkdtempSync(join(tmpdir(), "canopy-build-"))
  const lacking = closure().filter(({ kind, path }) => kind !== "unknown" && !has(path))
  const lines = lacking.map((object, number) => {
    writeObject(object, join(folder, String(number)))
    return `  { path = ${writtenString(object.path)}; added = _: ${addition(object, number)}; }\n`
  })
  writeFileSync(join(folder, "add.nix"), Buffer.from(program(lines.join("")), "latin1"))
  return { folder, drvPath }
}

function program(objects: string): string {
  return `builtins.foldl' (done: { path, added }:
  let found = builtins.unsafeDiscardStringContext (added null);
  in if found == path then done + 1 else throw "\${found} should have been \${path}"
) 0 [
${objects}]
`
}

function addition(object: StoreObject, number: number): string {
  if (object.kind === "unknown") return "null"
  const name = writtenString(object.name)
  if (object.kind === "tree")
    return `"\${builtins.path { name = ${name}; path = ./${number}; recursive = ${object.method === "nar"}; }}"`
  const references = object.references.map(path => `${writtenString(path)} = { path = true; };`).join(" ")
  return `builtins.toFile ${name} (builtins.appendContext (builtins.readFile ./${number}) { ${references} })`
}

function writeObject(object: StoreObject, path: string): void {
  if (object.kind === "text") writeFileSync(path, Buffer.from(object.text, "latin1"))
  else if (object.kind === "tree") writeTree(object.tree, Buffer.from(path))
}

function writeTree(tree: FileTree, path: Buffer): void {
  switch (tree.kind) {
    case "regular":
      writeFileSync(path, tree.contents())
      if (tree.executable) chmodSync(path, 0o755)
      return
    case "symlink":
      return symlinkSync(Buffer.from(tree.target, "latin1"), path)
    case "directory":
      mkdirSync(path)
      for (const [name, entry] of tree.entries())
        writeTree(entry, Buffer.concat([path, Buffer.from(`/${name}`, "latin1")]))
      return
    case "unknown":
      throw new Error(`'${path}' is neither a file, a folder nor a link`)
  }
}
