// The only function that the evaluator knows: nixpkgs' outermost one, which makes a package set. Whatever is special about it is
// here: how it is recognised, and what tells two calls of it apart (interpreter/package-sets.ts).
//
// It is marked in the code of every evaluation, since code is shared and kept between runs, also with evaluations that make each
// set anew.

import type { Lambda } from "../../syntax/index.js"

/** Parameters that no other function has together. */
const MARKS = ["localSystem", "overlays", "stdenvStages"]

/** Arguments that the function evaluates, in its own order; any other argument has to be the same thunk to count as the same. */
export const EVALUATED_ARGUMENTS = ["overlays", "crossOverlays", "localSystem", "crossSystem", "config"]

/** A call that is given this argument is never shared: it replaces the way in which the set is made. */
export const UNSHARED_ARGUMENT = "stdenvStages"

/**
 * Systems as `lib.systems.elaborate` makes them hold functions (`emulator`), which see nothing but the system itself: two whose
 * other attributes are the same are the same, as `lib.systems.equals` has it too.
 */
export const SYSTEMS_FILE = "/lib/systems/default.nix"

/** Whether a function is nixpkgs' outermost one. */
export function makesPackages({ formals, param }: Lambda): boolean {
  if (formals === undefined || param === undefined) return false
  return MARKS.every(mark => formals.formals.some(({ name }) => name.name === mark))
}
