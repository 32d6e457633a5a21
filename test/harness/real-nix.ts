// The real Nix that some tests compare with: CANOPY_NIX names any of its programs, and the others are in the same folder.

import { dirname, join } from "node:path"

/** The path of the real `nix`; undefined if CANOPY_NIX is not set. */
export function realNix(): string | undefined {
  const { CANOPY_NIX } = process.env
  return CANOPY_NIX ? join(dirname(CANOPY_NIX), "nix") : undefined
}
