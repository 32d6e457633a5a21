// An encrypted file that is called .nix has one problem, which says so.

import assert from "node:assert/strict"
import { test } from "mocha"
import { parse } from "../../server/src/syntax/index.js"

const messages = (text: string) => parse(text).problems.map(({ message }) => message)

test("a file of an encryption tool is said to be one, whatever the parser makes of its bytes", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["git-crypt", "\0GITCRYPT\0\x8f{ a = \x01"],
    ["age", "age-encryption.org/v1\n-> X25519 DVDW6eaw\n--- r5WB\n_\x03\0'\x01"],
    ["age", "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5=\n"],
  ]
  for (const [tool, text] of cases) {
    assert.deepEqual(messages(text), [`this file is encrypted with ${tool}, so Nix cannot read it`])
  }
})

test("a text that only tells of such files is Nix", () => {
  assert.deepEqual(messages('"GITCRYPT and age-encryption.org/v1"'), [])
})
