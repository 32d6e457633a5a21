// Files that an encryption tool keeps in a repository under their own names, `secrets.nix` among them. What the parser finds in
// such bytes (the end of the file, a control character) tells nobody what is wrong, so one problem says it instead.

import type { Problem } from "../../base/index.js"

/** What the files of each tool begin with. */
const heads: readonly (readonly [string, string])[] = [
  ["git-crypt", "\0GITCRYPT\0"],
  ["age", "age-encryption.org/v1\n"],
  ["age", "-----BEGIN AGE ENCRYPTED FILE-----"],
]

/** The problem of an encrypted text, where the first of `problems` stands; undefined for a text that is not. */
export function encryptedProblem(text: string, [first]: readonly Problem[]): Problem | undefined {
  const tool = heads.find(([, head]) => text.startsWith(head))?.[0]
  if (tool === undefined || first === undefined) return undefined
  return {
    ...first,
    code: "syntax-error",
    message: `this file is encrypted with ${tool}, so Nix cannot read it`,
  }
}
