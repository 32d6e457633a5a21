// Which variable a name means, found before anything runs: a frame so many frames out, and a slot in it.

/** Where a name leads. `with` names are looked up at run time, in frames at these depths, innermost first. */
export type Resolution =
  | { readonly kind: "local"; readonly depth: number; readonly slot: number }
  | { readonly kind: "with"; readonly depths: readonly number[] }
  | { readonly kind: "global" }

/** One level of names. A level that shares the frame of the one around it is a `let` merged into its function. */
export class Scope {
  readonly names = new Map<string, number>()

  private constructor(
    readonly outer: Scope | undefined,
    readonly kind: "frame" | "merged" | "with",
    /** The first slot that is free in the frame; only counted on the level that owns the frame. */
    private nextSlot: number,
  ) {}

  static root(): Scope {
    return new Scope(undefined, "frame", 1)
  }

  frame(): Scope {
    return new Scope(this, "frame", 1)
  }

  merged(): Scope {
    return new Scope(this, "merged", 0)
  }

  with(): Scope {
    return new Scope(this, "with", 2)
  }

  /** Gives a name the next slot of this level's frame. */
  declare(name: string): number {
    const slot = this.reserve()
    this.names.set(name, slot)
    return slot
  }

  /** A slot without a name. */
  reserve(): number {
    return this.owner.nextSlot++
  }

  /** Slots of the frame so far, slot 0 included. */
  get frameSize(): number {
    return this.owner.nextSlot
  }

  resolve(name: string): Resolution {
    let depths: number[] | undefined
    let depth = 0
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      const slot = scope.names.get(name)
      if (slot !== undefined) return { kind: "local", depth, slot }
      if (scope.kind === "with") (depths ??= []).push(depth)
      if (scope.kind !== "merged") depth++
    }
    return depths === undefined ? { kind: "global" } : { kind: "with", depths }
  }

  private get owner(): Scope {
    let scope: Scope = this
    while (scope.kind === "merged" && scope.outer !== undefined) scope = scope.outer
    return scope
  }
}
