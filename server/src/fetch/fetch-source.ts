// Fetches one source, from its reference to a folder in the cache: finds out its kind and where to get it, and checks it. Everything
// that is downloaded is compared with the locked hash before anybody sees it.

import { copyFileSync, existsSync, lstatSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, textOfBytes } from "../eval/index.js"
import {
  type FlakeRef,
  parseFlakeRef,
  printFlakeRef,
  type SourceRequest,
  type SuppliedSource,
  TreeHashes,
} from "../fleet/index.js"
import { Disk } from "../machine/disk.js"
import { contentPath, type Hash, hashBytes, parseHash, printHash, sourcePath } from "../store/index.js"
import { download, downloadText } from "./download.js"
import { FetchError } from "./fetch-error.js"
import type { FetchSettings } from "./fetch-settings.js"
import { type Address, archiveAddress, isForge, revision } from "./forge.js"
import { fetchGit } from "./git.js"
import { digest, remember, remembered } from "./memo.js"
import { readLogins } from "./netrc.js"
import { accessTokens, type NixSettings, readNixSettings } from "./nix-conf.js"
import { resolveIndirect } from "./registry.js"
import { SourceCache } from "./source-cache.js"
import { unpack } from "./unpack.js"

/** Called now and then with the bytes of a download so far. */
export type OnBytes = (source: string, done: number, total: number | undefined) => void

const STORE = "/nix/store"

/** Fetches sources, one after the other or several at once. */
export class SourceFetcher {
  private readonly cache: SourceCache
  private readonly nix: NixSettings
  private readonly tokens: Readonly<Record<string, string>>

  private readonly settings: FetchSettings

  constructor(settings: FetchSettings) {
    this.cache = new SourceCache(settings.cacheFolder, settings.cacheLimit)
    this.nix = readNixSettings()
    this.settings = { logins: readLogins(this.nix), ...settings }
    this.tokens = { ...accessTokens(this.nix), ...settings.tokens }
  }

  /** @throws FetchError, or what aborted the signal */
  async fetch(
    wanted: SourceRequest,
    signal: AbortSignal,
    onBytes: OnBytes,
    tokens: Readonly<Record<string, string>> = {},
  ): Promise<SuppliedSource> {
    const known = { ...this.tokens, ...tokens }
    const task = new FetchTask(wanted, this.cache, this.settings, known, this.nix, signal, onBytes)
    try {
      return remembered(wanted, this.cache, this.settings.refreshSeconds) ?? (await task.run())
    } catch (error) {
      if (!(error instanceof FetchError) || error.kind === "verdict") throw error
      throw new FetchError(`'${shownRef(wanted.ref)}' cannot be fetched: ${error.message}`, error.kind)
    }
  }
}

/** What was fetched, before it is moved into the cache. */
interface Arrival {
  readonly path: string
  readonly size: number
  readonly ref: FlakeRef
}

class FetchTask {
  constructor(
    private readonly wanted: SourceRequest,
    private readonly cache: SourceCache,
    private readonly settings: FetchSettings,
    private readonly tokens: Readonly<Record<string, string>>,
    private readonly nix: NixSettings,
    private readonly signal: AbortSignal,
    private readonly onBytes: OnBytes,
  ) {}

  async run(): Promise<SuppliedSource> {
    const workshop = this.cache.workshop()
    try {
      const direct = await this.direct()
      if (direct.type === "path") return folderAt(direct)
      return await this.settle(await this.arrival(direct, workshop))
    } finally {
      this.cache.discard(workshop)
    }
  }

  private async direct(): Promise<FlakeRef> {
    const { ref } = this.wanted
    if (ref.type !== "indirect") return ref
    return resolveIndirect(ref, this.nix, url => this.rememberedText(url))
  }

  private async rememberedText(url: string): Promise<string> {
    const name = `text-${digest(url)}`
    const known = this.cache.recall(name, this.settings.refreshSeconds * 1000)
    if (known !== undefined) return known
    const text = await downloadText(url, {}, this.signal, this.settings)
    this.cache.remember(name, text)
    return text
  }

  private arrival(ref: FlakeRef, workshop: string): Promise<Arrival> {
    if (isForge(ref)) return this.fromForge(ref, workshop)
    switch (ref.type) {
      case "git":
        return this.fromGit(ref, workshop)
      case "tarball":
        return this.fromTarball(ref, { url: String(ref.url), headers: {} }, workshop)
      case "file":
        return this.fromFile(ref, workshop)
      default:
        throw new FetchError(
          `${ref.type === "hg" ? "Mercurial repositories" : `sources of type '${ref.type}'`} are not fetched by Canopy; \
Nix can ('nix flake prefetch'), and then they are found in its store`,
        )
    }
  }

  private async fromForge(ref: FlakeRef, workshop: string): Promise<Arrival> {
    const ask = ({ url, headers }: Address) => downloadText(url, headers, this.signal, this.settings)
    const rev = typeof ref.rev === "string" ? ref.rev : await revision(ref, this.tokens, ask)
    const { ref: _, ...rest } = ref
    return this.fromTarball({ ...rest, rev }, archiveAddress(ref, rev, this.tokens), workshop)
  }

  private async fromTarball(ref: FlakeRef, address: Address, workshop: string): Promise<Arrival> {
    const { file, immutableUrl } = await this.download(address, workshop)
    const folder = join(workshop, "tree")
    mkdirSync(folder)
    const { root, size, lastModified } = await unpack(file, folder, this.settings, this.signal)
    rmSync(file, { force: true })
    return {
      path: root,
      size,
      ref: { ...fixedBy(ref, immutableUrl), lastModified: ref.lastModified ?? lastModified },
    }
  }

  private async fromFile(ref: FlakeRef, workshop: string): Promise<Arrival> {
    const { file } = await this.download({ url: String(ref.url), headers: {} }, workshop)
    const { size } = lstatSync(file)
    return { path: file, size, ref }
  }

  private async fromGit(ref: FlakeRef, workshop: string): Promise<Arrival> {
    const root = join(workshop, "tree")
    const repository = join(this.settings.cacheFolder, "git", digest(String(ref.url)))
    this.onBytes(shownRef(ref), 0, undefined)
    const { rev, branch, lastModified, revCount, size } = await fetchGit(ref, root, repository, this.signal)
    const counted = ref.shallow === true || revCount === undefined ? {} : { revCount }
    return {
      path: root,
      size,
      ref: { ...(branch === undefined ? {} : { ref: branch }), ...ref, rev, lastModified, ...counted },
    }
  }

  /** Downloads, resuming what an earlier attempt has left. */
  private async download(
    { url, headers }: Address,
    workshop: string,
  ): Promise<{ file: string; immutableUrl: string | undefined }> {
    const file = join(workshop, "download")
    if (url.startsWith("file:")) return { file: copyLocal(url, file), immutableUrl: undefined }
    const onBytes = (done: number, total: number | undefined) =>
      this.onBytes(shownRef(this.wanted.ref), done, total)
    const key = digest(url)
    let validator = this.cache.takePart(key, file)
    const onValidator = (text: string | undefined) => {
      validator = text
    }
    const request = { url, headers, file, validator, signal: this.signal, onBytes, onValidator }
    try {
      return { file, ...(await download(request, this.settings)) }
    } catch (error) {
      if (validator !== undefined && existsSync(file)) this.cache.leavePart(key, file, validator)
      throw error
    }
  }

  /** Checks what was fetched, and moves it into the cache. */
  private async settle({ path, size, ref }: Arrival): Promise<SuppliedSource> {
    const { name, method, hash } = this.wanted
    const found = hashOf(path, method)
    const sri = printHash(found, "sri")
    if (hash !== undefined && hash !== sri) throw new FetchError(mismatch(this.wanted, found), "verdict")
    const storePath =
      method === "nar" ? sourcePath(name, found, STORE) : contentPath(name, "flat", found, undefined, STORE)
    const storeName = storePath.slice(STORE.length + 1)
    const root = this.cache.keep(path, storeName, size)
    const locked = method === "nar" ? { ...ref, narHash: sri } : { ...ref }
    remember(this.wanted, this.cache, { storeName, hash: sri, ref: locked })
    return { root: bytesOf(root), hash: sri, ref: locked }
  }
}

/** A server may say where the very same archive always is: that is what gets locked, with what is known of it. */
function fixedBy(ref: FlakeRef, immutableUrl: string | undefined): FlakeRef {
  if (immutableUrl === undefined || ref.type !== "tarball") return ref
  return { ...parseFlakeRef(immutableUrl), ...(ref.dir === undefined ? {} : { dir: ref.dir }) }
}

/** A registry may lead to a folder. */
function folderAt(ref: FlakeRef): SuppliedSource {
  const path = textOfBytes(String(ref.path))
  if (!existsSync(path)) throw new FetchError(`path '${path}' does not exist`)
  const hash = printHash(hashOf(path, "nar"), "sri")
  return { root: String(ref.path), hash, ref: { ...ref, narHash: hash } }
}

function copyLocal(url: string, to: string): string {
  const path = decodeURIComponent(new URL(url).pathname)
  if (!existsSync(path)) throw new FetchError(`'${path}' does not exist`)
  copyFileSync(path, to)
  return to
}

function hashOf(path: string, method: SourceRequest["method"]): Hash {
  const disk = new Disk()
  const bytes = bytesOf(path)
  if (method === "nar") return new TreeHashes().of(disk, { root: bytes, visible: undefined }).narHash
  return hashBytes("sha256", disk.readBytes(bytes))
}

/** As Nix says it. */
function mismatch({ ref, hash }: SourceRequest, found: Hash): string {
  const wanted = hash ?? ""
  if (ref.narHash !== undefined)
    return `NAR hash mismatch in input '${shownRef(ref)}', expected '${wanted}' but got '${printHash(found, "sri")}'`
  const specified = nix32(parseHash(wanted, "sha256"))
  return `hash mismatch in file downloaded from '${ref.url}':\n  specified: ${specified}\n  got:       ${nix32(found)}`
}

function nix32(hash: Hash): string {
  return `${hash.algorithm}:${printHash(hash, "nix32")}`
}

function shownRef(ref: FlakeRef): string {
  return textOfBytes(printFlakeRef(ref))
}
