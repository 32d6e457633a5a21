// The one failure of this layer: bytes or texts that do not have the form that Nix wants.

/** A malformed hash, name, store path, derivation or file tree. The message is Nix's own, a byte string. */
export class StoreError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "StoreError"
  }
}
