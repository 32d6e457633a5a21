// The real Nix that some tests compare with: CANOPY_NIX names one of its programs, whichever, and the others lie beside it.

import { dirname, join } from "node:path"

/** The path of a program of the real Nix; undefined where there is none to compare with. */
export function realNix(program: "nix" | "nix-instantiate" = "nix"): string | undefined {
  const { CANOPY_NIX } = process.env
  return CANOPY_NIX ? join(dirname(CANOPY_NIX), program) : undefined
}
