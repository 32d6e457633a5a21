// The supply of sources that are not simply on this machine: from Canopy's cache, and from the network if that is allowed. The entry
// points pass one in (server/src/fetch); without it, such sources are missing.

import type { ContentMethod } from "../../store/index.js"
import type { FlakeRef } from "../flake/flake-ref.js"

/** A source that somebody wants. */
export interface SourceRequest {
  readonly ref: FlakeRef
  /** What it is called in the store. */
  readonly name: string
  /** Whether a tree is wanted, or one file that is hashed by its bytes. */
  readonly method: Extract<ContentMethod, "nar" | "flat">
  /** What it has to be, in SRI form; anything if absent. */
  readonly hash?: string
}

/** A source that was supplied. */
export interface SuppliedSource {
  /** Real path. */
  readonly root: string
  /** Of what came, by the method that was asked for; in SRI form. */
  readonly hash: string
  /** What it turned out to be: with `narHash` and, from version control, `rev`. */
  readonly ref: FlakeRef
}

export interface SourceSupply {
  /** Where the cache holds what the store has under this name (`HASH-NAME`); undefined if it does not. */
  cached(storeName: string): string | undefined
  /**
   * Supplies a source, while evaluation waits. A string says why that failed; undefined means that this evaluation may not wait
   * for the network. @throws Cancelled
   */
  fetch(request: SourceRequest): SuppliedSource | string | undefined
}
