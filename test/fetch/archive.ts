// Tar archives for tests, made of what they should hold: also of what no honest archive holds.

import { gzipSync } from "node:zlib"
import { type Header, pack } from "tar-stream"

/** Path to content, or to a header that says what else it is. */
export type ArchiveContent = readonly (readonly [path: string, content: string | Partial<Header>])[]

export async function tarball(content: ArchiveContent): Promise<Buffer> {
  const archive = pack()
  for (const [name, what] of content) {
    const mtime = new Date(1_700_000_000_000)
    if (typeof what === "string") archive.entry({ name, mtime, mode: 0o644 }, what)
    else archive.entry({ name, mtime, ...what } as Header, "")
  }
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(chunk as Buffer)
  return gzipSync(Buffer.concat(chunks))
}

/** A small flake in one folder, as forges pack them. */
export const honest: ArchiveContent = [
  ["repo-1/", { type: "directory", mode: 0o755 }],
  ["repo-1/flake.nix", "{ outputs = _: { answer = 42; }; }\n"],
  ["repo-1/lib/default.nix", "1"],
  ["repo-1/run", { type: "file", mode: 0o755 }],
  ["repo-1/link", { type: "symlink", linkname: "lib/default.nix" }],
  ["repo-1/empty/", { type: "directory", mode: 0o755 }],
]
