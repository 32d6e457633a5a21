// Cancellation: a flag that another thread may raise, asked at safe points.

/** Thrown at a safe point after a cancellation. Never memoised: it depends on who asked, not on the program. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled")
    this.name = "Cancelled"
  }
}

/** Shared between the thread that asks and the thread that works; a transferable flag in shared memory. */
export class CancelFlag {
  private readonly cell: Int32Array

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.cell = new Int32Array(buffer)
  }

  raise(): void {
    Atomics.store(this.cell, 0, 1)
  }

  lower(): void {
    Atomics.store(this.cell, 0, 0)
  }

  get raised(): boolean {
    return this.cell[0] !== 0
  }
}
