// Fetches one source, from its reference to a folder in the cache: finds out its kind and where to get it, and checks it. Everything
// that is downloaded is compared with the locked hash before anybody sees it.

import { copyFileSync, existsSync, lstatSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { bytesOf, textOfBytes } from "../eval/index.js"
import {
  type FlakeRef,
  FlakeRefError,
  parseFlakeRef,
  printFlakeRef,
  type SourceRequest,
  type SuppliedSource,
  TreeHashes,
} from "../fleet/index.js"
import { Disk } from "../machine/disk.js"
import { contentPath, defaultStoreDir, type Hash, hashBytes, parseHash, printHash } from "../store/index.js"
import { download, downloadText } from "./download.js"
import { diskFailure, FetchError } from "./fetch-error.js"
import type { FetchSettings } from "./fetch-settings.js"
import { type Address, archiveAddress, isForge, revision } from "./forge.js"
import { fetchGit } from "./git.js"
import { digest, isMoving, remember, remembered } from "./memo.js"
import { readLogins } from "./netrc.js"
import { accessTokens, type NixSettings, readNixSettings } from "./nix-conf.js"
import { resolveIndirect } from "./registry.js"
import { SourceCache } from "./source-cache.js"
import { unpack } from "./unpack.js"

/** Called now and then with the bytes of a download so far. */
export type OnBytes = (source: string, done: number, total: number | undefined) => void

/** Fetches sources, one after the other or several at once. */
export class SourceFetcher {
  private readonly cache: SourceCache
  private readonly nix: NixSettings
  /** By host, or host and beginning of the path: as `access-tokens` of nix.conf. */
  private readonly tokens: Readonly<Record<string, string>>
  private readonly settings: FetchSettings

  constructor(settings: FetchSettings) {
    this.cache = new SourceCache(settings.cacheFolder, settings.cacheLimit)
    this.nix = readNixSettings()
    this.settings = { logins: readLogins(this.nix), ...settings }
    this.tokens = accessTokens(this.nix)
  }

  /** @throws FetchError, or what aborted the signal */
  async fetch(
    wanted: SourceRequest,
    signal: AbortSignal,
    onBytes: OnBytes,
    tokens: Readonly<Record<string, string>> = {},
  ): Promise<SuppliedSource> {
    const { cache, settings, nix } = this
    const task = new FetchTask(wanted, {
      cache,
      settings,
      nix,
      tokens: { ...this.tokens, ...tokens },
      signal,
      onBytes,
    })
    try {
      const known = isMoving(wanted) ? undefined : remembered(wanted, cache, settings.refreshSeconds)
      return known ?? (await task.run())
    } catch (error) {
      const failure = error instanceof FetchError ? error : diskFailure(error)
      if (failure === undefined || failure.kind === "verdict") throw error
      throw new FetchError(`'${shownRef(wanted.ref)}' cannot be fetched: ${failure.message}`, failure.kind)
    }
  }
}

/** What was fetched, before it is moved into the cache. */
interface Arrival {
  readonly path: string
  readonly size: number
  readonly ref: FlakeRef
}

/** What fetching a source needs besides its reference. */
interface FetchMeans {
  readonly cache: SourceCache
  readonly settings: FetchSettings
  readonly nix: NixSettings
  readonly tokens: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly onBytes: OnBytes
}

class FetchTask {
  constructor(
    private readonly wanted: SourceRequest,
    private readonly means: FetchMeans,
  ) {}

  async run(): Promise<SuppliedSource> {
    const { cache } = this.means
    const workshop = cache.workshop()
    try {
      const direct = await this.direct()
      if (direct.type === "path") return folderAt(direct)
      return await this.settle(await this.arrival(direct, workshop))
    } finally {
      cache.discard(workshop)
    }
  }

  private async direct(): Promise<FlakeRef> {
    const { ref } = this.wanted
    if (ref.type !== "indirect") return ref
    return resolveIndirect(ref, this.means.nix, url => this.rememberedText(url))
  }

  private async rememberedText(url: string): Promise<string> {
    const { cache, settings, signal } = this.means
    const name = `text-${digest(url)}`
    const known = cache.recall(name, settings.refreshSeconds * 1000)
    if (known !== undefined) return known
    const text = await downloadText(url, {}, signal, settings)
    cache.remember(name, text)
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
    const { settings, tokens, signal } = this.means
    const ask = ({ url, headers }: Address) => downloadText(url, headers, signal, settings)
    const rev = typeof ref.rev === "string" ? ref.rev : await revision(ref, tokens, ask)
    const { ref: _, ...rest } = ref
    return this.fromTarball({ ...rest, rev }, archiveAddress(ref, rev, tokens), workshop)
  }

  private async fromTarball(ref: FlakeRef, address: Address, workshop: string): Promise<Arrival> {
    const { file, immutableUrl } = await this.download(address, workshop)
    const folder = join(workshop, "tree")
    mkdirSync(folder)
    const { root, size, lastModified } = await unpack(file, folder, this.means.settings, this.means.signal)
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
    const { settings, signal, onBytes } = this.means
    const root = join(workshop, "tree")
    // Whoever fetched a part of the history must not cut off that of the others.
    const repository = join(
      settings.cacheFolder,
      "git",
      digest(`${ref.url}${ref.shallow === true ? " shallow" : ""}`),
    )
    onBytes(shownRef(ref), 0, undefined)
    const { rev, branch, lastModified, revCount, size } = await fetchGit(ref, root, repository, signal)
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
    const { cache, settings, signal } = this.means
    const file = join(workshop, "download")
    if (url.startsWith("file:")) return { file: copyLocal(url, file), immutableUrl: undefined }
    const onBytes = (done: number, total: number | undefined) =>
      this.means.onBytes(shownRef(this.wanted.ref), done, total)
    const key = digest(url)
    let validator = cache.takePart(key, file)
    const onValidator = (text: string | undefined) => {
      validator = text
    }
    const request = { url, headers, file, validator, signal, onBytes, onValidator }
    try {
      return { file, ...(await download(request, settings)) }
    } catch (error) {
      if (validator !== undefined && existsSync(file)) cache.leavePart(key, file, validator)
      throw error
    }
  }

  /** Checks what was fetched, and moves it into the cache. */
  private async settle({ path, size, ref }: Arrival): Promise<SuppliedSource> {
    const { cache } = this.means
    const { name, method, hash } = this.wanted
    const found = hashOf(path, method)
    const sri = printHash(found, "sri")
    if (hash !== undefined && hash !== sri) throw new FetchError(mismatch(this.wanted, found), "verdict")
    const storeName = contentPath(name, method, found).slice(defaultStoreDir.length + 1)
    const root = cache.keep(path, storeName, size)
    const locked = method === "nar" ? { ...ref, narHash: sri } : { ...ref }
    remember(this.wanted, cache, { storeName, hash: sri, ref: locked })
    return { root: bytesOf(root), hash: sri, ref: locked }
  }
}

/** A server may say where the very same archive always is: that is what gets locked, with what is known of it. */
function fixedBy(ref: FlakeRef, immutableUrl: string | undefined): FlakeRef {
  if (immutableUrl === undefined || ref.type !== "tarball") return ref
  return { ...archiveRef(immutableUrl), ...(ref.dir === undefined ? {} : { dir: ref.dir }) }
}

/** @throws FetchError for a URL of anything but an archive */
function archiveRef(url: string): FlakeRef {
  try {
    const ref = parseFlakeRef(url)
    if (ref.type === "tarball") return ref
  } catch (error) {
    if (!(error instanceof FlakeRefError)) throw error
  }
  throw new FetchError(`its server says that it is always at '${url}', which is no archive`)
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
