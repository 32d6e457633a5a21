// Finds the source of an input.
//
// The order is: an override (by the caller), the store path that `narHash` implies, the folder or repository itself if the reference
// is local, Canopy's own cache, and the network (`source-supply.ts`).

import {
  contentPath,
  defaultStoreDir,
  parseHash,
  printHash,
  StoreError,
  sourcePath,
} from "../../store/index.js"
import type { Files } from "../files.js"
import { type FlakeRef, FlakeRefError, narHashOf, relativePath } from "../flake/flake-ref.js"
import { shown } from "../flake/flake-ref-print.js"
import { parseFlakeUrl } from "../flake/flake-url.js"
import { checkoutOf, holdsObjects } from "../git/git-checkout.js"
import { type GitRepository, isShallow, repositoryAt, revisionOf } from "../git/git-repository.js"
import { type FoundSource, foundSource, storeNameOf, type TreeSettings } from "./found-source.js"
import type { SourceRequest, SourceSupply, SuppliedSource } from "./source-supply.js"

export type Source = FoundSource | MissingSource

export interface MissingSource {
  readonly kind: "missing"
  /** What was wanted and why it is missing, as part of a sentence. */
  readonly why: string
  /** Of a folder that is not what was locked: its hash. */
  readonly foundHash?: string
}

export interface SourceSettings extends TreeSettings {
  /** Without one, what is not on this machine as such is missing. */
  readonly supply?: SourceSupply
}

export class Sources {
  /** Missing sources that could be fetched, each once. */
  readonly wanted = new Map<string, SourceRequest>()
  private readonly known = new Map<string, Source>()

  constructor(private readonly settings: SourceSettings) {}

  /** The source of a reference as flake.lock holds it. */
  locked(ref: FlakeRef): Source {
    return this.remembered("locked", ref, "is not on this machine")
  }

  /** As `locked`, but only on this machine, and without adding to `wanted`. */
  here(ref: FlakeRef): Source {
    const key = `here ${JSON.stringify(ref)}`
    const known = this.known.get(`locked ${JSON.stringify(ref)}`) ?? this.known.get(key)
    if (known !== undefined) return known
    const found = this.attempt(() => this.inStore(ref) ?? this.local(ref) ?? this.inCache(ref))
    const source = found ?? { kind: "missing", why: `'${shown(ref)}' is not on this machine` }
    this.known.set(key, source)
    return source
  }

  /** The source of a reference that no lock file has fixed. */
  unlocked(ref: FlakeRef): Source {
    return this.remembered("unlocked", ref, "is not locked")
  }

  /** A folder with all that is in it. */
  folder(path: string, ref: FlakeRef = { type: "path", path }): FoundSource {
    const tree = { root: path, visible: undefined }
    return foundSource(ref, tree, this.settings, ({ lastModified }) => ({ lastModified }))
  }

  /** Whether the folder of a source is there. */
  isThere({ tree }: FoundSource): boolean {
    return this.settings.files.kindOf(tree.root) !== undefined
  }

  /** The working tree of a repository: what git tracks, as it is now. */
  workingTree(repository: GitRepository, ref: FlakeRef): FoundSource {
    const { files } = this.settings
    const checkout = checkoutOf(files, repository, wantedOf(ref))
    const tree = { root: repository.top, visible: checkout.tracked }
    return foundSource(ref, tree, this.settings, () => {
      const { revCount, ...facts } = checkout.facts()
      const counted = ref.shallow === true || revCount === undefined ? {} : { revCount }
      return { ...facts, ...counted, submodules: ref.submodules === true }
    })
  }

  /** The same source with its submodules, as a flake may ask for its own. */
  withSubmodules(source: FoundSource): FoundSource {
    const { ref, tree } = source
    const repository =
      ref.type === "git" && !ref.submodules ? repositoryAt(this.settings.files, tree.root) : undefined
    return repository === undefined ? source : this.workingTree(repository, { ...ref, submodules: true })
  }

  /** The source from the cache or the network. A string says why that failed; undefined means that nobody tried. */
  supplied(request: SourceRequest): SuppliedSource | string | undefined {
    const { hash } = request
    const root = this.cached(request)
    if (root !== undefined && hash !== undefined) return { root, hash, ref: request.ref }
    const found = this.settings.supply?.fetch(request)
    if (found !== undefined && typeof found !== "string") return found
    this.wanted.set(JSON.stringify(request), request)
    return found
  }

  private cached({ name, method, hash }: SourceRequest): string | undefined {
    if (hash === undefined) return undefined
    const storePath = contentPath(name, method, parseHash(hash, "sha256"))
    return this.settings.supply?.cached(storePath.slice(defaultStoreDir.length + 1))
  }

  private remembered(how: string, ref: FlakeRef, whyMissing: string): Source {
    const key = `${how} ${JSON.stringify(ref)}`
    let source = this.known.get(key)
    if (source === undefined) this.known.set(key, (source = this.find(ref, whyMissing)))
    return source
  }

  private find(ref: FlakeRef, whyMissing: string): Source {
    return this.attempt(() => this.inStore(ref) ?? this.local(ref) ?? this.elsewhere(ref, whyMissing))
  }

  private attempt<T>(find: () => T): T | MissingSource {
    try {
      return find()
    } catch (error) {
      if (error instanceof StoreError || error instanceof FlakeRefError)
        return { kind: "missing", why: error.message }
      throw error
    }
  }

  private inStore(ref: FlakeRef): FoundSource | undefined {
    const hash = narHashOf(ref)
    if (hash === undefined) return undefined
    const root = sourcePath(storeNameOf(ref), hash, this.settings.storeDir)
    if (this.settings.files.kindOf(root) === undefined) return undefined
    return this.whole(ref, root)
  }

  private inCache(ref: FlakeRef): FoundSource | undefined {
    const request = requestFor(ref)
    const root = request === undefined ? undefined : this.cached(request)
    return root === undefined ? undefined : this.whole(ref, root)
  }

  /** A source that came with all that is in it, from the store, the cache or the network. */
  private whole(ref: FlakeRef, root: string): FoundSource {
    return foundSource(ref, { root, visible: undefined }, this.settings)
  }

  private elsewhere(ref: FlakeRef, whyMissing: string): Source {
    const request = requestFor(ref)
    if (request === undefined) return { kind: "missing", why: `path '${ref.path}' does not exist` }
    const found = this.supplied(request)
    if (found === undefined) return { kind: "missing", why: `'${shown(ref)}' ${whyMissing}` }
    if (typeof found === "string") return { kind: "missing", why: found }
    // Locked attributes stay as they are; the others are what the source turned out to be.
    const known = request.hash === undefined ? { ...found.ref, narHash: found.hash } : ref
    return this.whole(known, found.root)
  }

  private local(ref: FlakeRef): Source | undefined {
    if (ref.type === "path") return this.localFolder(ref)
    const repository = ref.type === "git" ? this.localRepository(ref) : undefined
    if (repository === undefined) return undefined
    return this.isCheckedOut(repository, ref) ? this.workingTree(repository, ref) : undefined
  }

  private localFolder(ref: FlakeRef): Source | undefined {
    const { files, hashes } = this.settings
    const path = String(ref.path).replace(/(?<=.)\/+$/, "")
    if (relativePath(ref) !== undefined || files.kindOf(path) === undefined) return undefined
    const source = this.folder(path, ref)
    const stated = narHashOf(ref)
    if (stated === undefined || !isSmall(files, path)) return source
    const [wanted, found] = [stated, hashes.of(files, source.tree).narHash].map(hash =>
      printHash(hash, "sri"),
    )
    if (wanted === found) return source
    const why = `'${path}' changed since it was locked: NAR hash mismatch, expected '${wanted}' but got '${found}'`
    return { kind: "missing", why, foundHash: found }
  }

  /** Whether the working tree is what the reference wants: the wanted revision, if it wants one. */
  private isCheckedOut(repository: GitRepository, ref: FlakeRef): boolean {
    if (ref.rev === undefined && ref.ref === undefined) return true
    const { files, hashes } = this.settings
    if (isShallow(files, repository) && ref.shallow !== true) return false
    const checkout = checkoutOf(files, repository, wantedOf(ref))
    const wanted = ref.rev ?? revisionOf(files, repository, String(ref.ref))
    if (typeof ref.narHash !== "string") {
      const isThere = wanted !== undefined && checkout.facts().rev === wanted
      return isThere && (ref.submodules === true || holdsObjects(files, repository))
    }
    const { narHash } = hashes.of(files, { root: repository.top, visible: checkout.tracked })
    return printHash(narHash, "sri") === ref.narHash
  }

  private localRepository(ref: FlakeRef): GitRepository | undefined {
    const url = parseFlakeUrl(String(ref.url))
    if (url?.scheme !== "file") return undefined
    return repositoryAt(this.settings.files, url.segments.join("/").replace(/(?<=.)\/+$/, ""))
  }
}

/** How many files a folder may have to be checked against its hash each time: at most some 50 ms. */
const SMALL_TREE = 500

/** Whether a tree is small enough to be hashed each time. A large one is believed to be what was locked. */
function isSmall(files: Files, root: string): boolean {
  let count = 0
  const folders = [root]
  for (const folder of folders) {
    if (files.kindOf(folder) !== "directory") continue
    for (const [name, kind] of files.readDir(folder)) {
      if (++count > SMALL_TREE) return false
      if (kind === "directory") folders.push(`${folder}/${name}`)
    }
  }
  return true
}

/** Which files of a working tree a reference wants. */
function wantedOf({ submodules, exportIgnore }: FlakeRef): Parameters<typeof checkoutOf>[2] {
  return { withSubmodules: submodules === true, exportIgnore: exportIgnore === true }
}

/** What to ask a supply for; undefined for a folder, which is there or not. */
export function requestFor(ref: FlakeRef): SourceRequest | undefined {
  if (ref.type === "path") return undefined
  const hash = narHashOf(ref)
  const stated = hash === undefined ? {} : { hash: printHash(hash, "sri") }
  return { ref, name: storeNameOf(ref), method: "nar", ...stated }
}
