// The documents that the server handles: Nix files on disk.

export const documents: readonly { scheme: string; language: string }[] = [
  { scheme: "file", language: "nix" },
]
