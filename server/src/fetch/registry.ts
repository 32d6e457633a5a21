// Flake registries, which say what short names such as `nixpkgs` stand for: the person's, the machine's, and the global one.

import { homedir } from "node:os"
import { join } from "node:path"
import { textOfBytes } from "../eval/index.js"
import { type FlakeRef, printFlakeRef } from "../fleet/index.js"
import { FetchError } from "./fetch-error.js"
import type { NixSettings } from "./nix-conf.js"
import { readableText } from "./readable-text.js"

interface RegistryEntry {
  readonly from: FlakeRef
  readonly to: FlakeRef
  readonly exact?: boolean
}

const sharedRegistry = "https://channels.nixos.org/flake-registry.json"
/** How many entries are followed in a row: a limit against cycles. */
const HOPS = 100

/**
 * The reference that an indirect one leads to.
 * @param download gives the text of the shared registry
 * @throws FetchError for a name that no registry has
 */
export async function resolveIndirect(
  ref: FlakeRef,
  settings: NixSettings,
  download: (url: string) => Promise<string>,
): Promise<FlakeRef> {
  let at = ref
  let shared: readonly RegistryEntry[] | undefined
  const own = [
    ...localEntries(join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "nix/registry.json")),
    ...localEntries("/etc/nix/registry.json"),
  ]
  for (let hops = 0; at.type === "indirect" && hops < HOPS; hops++) {
    let next = step(at, own)
    if (next === undefined) {
      shared ??= await sharedEntries(settings.get("flake-registry") ?? sharedRegistry, download)
      next = step(at, shared)
    }
    if (next === undefined)
      throw new FetchError(
        `cannot find flake '${textOfBytes(printFlakeRef(at))}' in the flake registries`,
        "verdict",
      )
    at = next
  }
  return at
}

/** The entries of the registry that all share: a file, a URL, or none for "". */
async function sharedEntries(
  where: string,
  download: (url: string) => Promise<string>,
): Promise<readonly RegistryEntry[]> {
  if (where === "") return []
  return where.startsWith("/") ? localEntries(where) : entriesIn(await download(where), where)
}

function localEntries(path: string): readonly RegistryEntry[] {
  const text = readableText(path)
  return text === undefined ? [] : entriesIn(text, path)
}

function entriesIn(text: string, where: string): readonly RegistryEntry[] {
  try {
    const { flakes } = JSON.parse(text) as { flakes?: RegistryEntry[] }
    return (flakes ?? []).filter(({ from, to }) => typeof from === "object" && typeof to === "object")
  } catch {
    throw new FetchError(`the registry '${where}' is not JSON`)
  }
}

/** One step: applies the first entry for a reference. A requested branch or revision is kept. */
function step(ref: FlakeRef, entries: readonly RegistryEntry[]): FlakeRef | undefined {
  for (const { from, to, exact } of entries) {
    if (from.id !== ref.id) continue
    if (exact === true) {
      if (from.ref === ref.ref && from.rev === ref.rev) return to
      continue
    }
    if (from.ref !== undefined && from.ref !== ref.ref) continue
    if (from.rev !== undefined && from.rev !== ref.rev) continue
    const { ref: branch, rev } = ref
    const asked = {
      ...(branch === undefined || from.ref !== undefined ? {} : { ref: branch }),
      ...(rev === undefined ? {} : { rev }),
    }
    return { ...to, ...asked }
  }
  return undefined
}
