// Fetches sources with the installed git, which knows how to log in better than anything here could.
//
// Objects go to a bare repository in the cache, one for each URL, so that the next revision is cheap. Files are read from the objects
// and not checked out, so that neither line endings nor filters change them, as under Nix.

import { spawn } from "node:child_process"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { extract } from "tar-stream"
import { textOfBytes } from "../eval/index.js"
import type { FlakeRef } from "../fleet/index.js"
import { FetchError } from "./fetch-error.js"
import { Git } from "./git-program.js"
import { namesIn, tarSettings } from "./tar-names.js"
import { TreeWriter } from "./tree-writer.js"

export interface GitCheckout {
  readonly rev: string
  /** The branch that was checked out there, if that is what was fetched. */
  readonly branch: string | undefined
  readonly lastModified: number
  /** Only if the history is complete. */
  readonly revCount: number | undefined
  readonly size: number
}

/** Writes the files of the revision that `ref` names to the new folder `root`. @throws FetchError */
export async function fetchGit(
  ref: FlakeRef,
  root: string,
  repository: string,
  signal: AbortSignal,
): Promise<GitCheckout> {
  if (ref.lfs === true)
    throw new FetchError(
      "files in git LFS are not fetched by Canopy; Nix can ('nix flake prefetch'), and then they are found in its store",
    )
  const git = new Git(repository, signal)
  await git.prepare()
  const rev = await bring(git, ref)
  const branch =
    ref.ref === undefined && ref.rev === undefined ? await git.headBranch(addressOf(ref)) : undefined
  mkdirSync(root)
  const tree = new TreeWriter(root)
  await writeTree(git, { ...ref, rev }, "", tree)
  tree.check()
  const lastModified = Number(await git.text(["log", "-1", "--format=%ct", "--no-show-signature", rev]))
  const revCount = (await git.isShallow()) ? undefined : Number(await git.text(["rev-list", "--count", rev]))
  return { rev, branch, lastModified, revCount, size: tree.size }
}

/** What git is asked for. The query of a URL is for servers, and no part of the name of a folder. */
function addressOf({ url }: FlakeRef): string {
  return String(url).replace(/^(file:[^?]*)\?.*/s, "$1")
}

/** Makes sure that the wanted revision is in the repository, and returns it. */
async function bring(git: Git, ref: FlakeRef): Promise<string> {
  const url = addressOf(ref)
  const branch = typeof ref.ref === "string" ? ref.ref : undefined
  const full = branch === undefined || branch.startsWith("refs/") ? branch : `refs/heads/${branch}`
  const depth = ref.shallow === true ? ["--depth", "1"] : []
  if (typeof ref.rev === "string") {
    if (await git.has(ref.rev)) return ref.rev
    // Most servers give a single revision; from others, everything is fetched.
    await git
      .fetch([...depth, "--", url, ref.rev])
      .catch(() =>
        git.fetch(["--", url, full === undefined ? "+refs/heads/*:refs/heads/*" : `+${full}:${full}`]),
      )
    if (await git.has(ref.rev)) return ref.rev
    throw new FetchError(
      `'${url}' has no revision '${ref.rev}'${branch === undefined ? "" : ` on '${branch}'`}`,
    )
  }
  await git
    .fetch([...depth, "--", url, full ?? "HEAD"])
    .catch(error =>
      branch === undefined ? Promise.reject(error) : git.fetch([...depth, "--", url, `refs/tags/${branch}`]),
    )
  return (await git.text(["rev-parse", "FETCH_HEAD^{commit}"])).trim()
}

interface TreeEntry {
  readonly mode: string
  readonly object: string
  /** In bytes: not every name is UTF-8. */
  readonly path: string
}

/** Writes the files of the revision `ref.rev`, and of its submodules if the reference wants them. */
async function writeTree(git: Git, ref: FlakeRef, below: string, tree: TreeWriter): Promise<void> {
  const rev = String(ref.rev)
  const listed = await git.text(["ls-tree", "-r", "-z", "--full-tree", rev], "latin1")
  const entries = listed
    .split("\0")
    .filter(Boolean)
    .map((line): TreeEntry => {
      const [info, path] = [line.slice(0, line.indexOf("\t")), line.slice(line.indexOf("\t") + 1)]
      const [mode, , object] = info.split(" ")
      return { mode, object, path }
    })
  const kept = ref.exportIgnore === true ? await exported(git, rev) : undefined
  const present = kept === undefined ? entries : entries.filter(({ path }) => kept.has(path))
  const isSubmodule = ({ mode }: TreeEntry) => mode === "160000"
  const files = present.filter(entry => !isSubmodule(entry))
  await readObjects(git, files, (entry, bytes) => tree.write(join(below, entry.path), entry.mode, bytes))
  const submodules = present.filter(isSubmodule)
  for (const { path } of submodules) tree.makeFolder(join(below, path))
  if (ref.submodules !== true || submodules.length === 0) return
  const urls = await submoduleUrls(git, rev, addressOf(ref))
  for (const { path, object } of submodules) {
    const url = urls.get(textOfBytes(path))
    if (url === undefined) continue
    const inner = new Git(`${git.folder}-${Buffer.from(url).toString("base64url").slice(-64)}`, git.signal)
    await inner.prepare()
    const innerRef = { type: "git", url, rev: object, submodules: true }
    await bring(inner, innerRef)
    await writeTree(inner, innerRef, join(below, path), tree)
  }
}

/** The paths that `export-ignore` leaves, which are those of an archive. */
async function exported(git: Git, rev: string): Promise<Set<string>> {
  const child = spawn("git", [...git.options, "archive", "--format=tar", rev], { signal: git.signal })
  // What went wrong is known when it has ended.
  child.on("error", () => {})
  const ended = new Promise<number | null>(resolve => child.on("close", resolve))
  const names = new Set<string>()
  const archive = child.stdout.pipe(extract(tarSettings))
  for await (const entry of archive) {
    names.add(namesIn(entry.header).name.replace(/\/$/, ""))
    entry.resume()
  }
  const status = await ended
  git.signal.throwIfAborted()
  if (status !== 0) throw new FetchError(`git: an archive of '${rev}' cannot be made`)
  return names
}

/** Reads objects in the order given. */
async function readObjects(
  git: Git,
  entries: readonly TreeEntry[],
  take: (entry: TreeEntry, bytes: Buffer) => void,
): Promise<void> {
  if (entries.length === 0) return
  const child = spawn("git", [...git.options, "cat-file", "--batch"], {
    signal: git.signal,
    stdio: ["pipe", "pipe", "ignore"],
  })
  // Then objects are missing.
  child.on("error", () => {})
  child.stdin.end(entries.map(({ object }) => `${object}\n`).join(""))
  let next = 0
  let pending: Buffer = Buffer.alloc(0)
  for await (const chunk of child.stdout) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    for (;;) {
      const line = pending.indexOf(10)
      const size = Number(pending.toString("latin1", 0, Math.max(line, 0)).split(" ")[2])
      if (line < 0 || pending.length < line + size + 2) break
      take(entries[next++], pending.subarray(line + 1, line + 1 + size))
      pending = pending.subarray(line + size + 2)
    }
  }
  git.signal.throwIfAborted()
  if (next !== entries.length) throw new FetchError("git: an object is missing")
}

/** URLs of submodules by path; relative ones start from that of the repository. */
async function submoduleUrls(git: Git, rev: string, base: string): Promise<ReadonlyMap<string, string>> {
  const text = await git.text(["config", "--blob", `${rev}:.gitmodules`, "--list"])
  const paths = new Map<string, string>()
  const urls = new Map<string, string>()
  for (const line of text.split("\n")) {
    const [, name, key, value] = /^submodule\.(.*)\.(path|url)=(.*)$/.exec(line) ?? []
    if (key === "path") paths.set(name, value)
    if (key === "url") urls.set(name, /^\.\.?\//.test(value) ? String(new URL(value, `${base}/`)) : value)
  }
  return new Map(
    Array.from(paths, ([name, path]) => [path, urls.get(name) ?? ""] as const).filter(
      ([, url]) => url !== "",
    ),
  )
}
