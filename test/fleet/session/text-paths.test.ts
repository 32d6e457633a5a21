// Paths in answers, which evaluation knows as bytes.

import assert from "node:assert/strict"
import { test } from "mocha"
import { bytesOf } from "../../../server/src/eval/index.js"
import { withTextPaths } from "../../../server/src/fleet/session/text-paths.js"

const same = (path: string) => path

test("paths in answers are text, wherever they stand, and nothing else changes", () => {
  const answer = (path: (text: string) => string) => ({
    root: path("/home/jürgen/fleet"),
    aspects: [{ name: "größe", files: [path("/größe.nix")], hosts: ["alpha"] }],
    findings: [{ file: path("/höhe.nix"), range: { start: { line: 1, column: 2 } }, fix: undefined }],
  })
  assert.deepEqual(withTextPaths(answer(bytesOf), same), answer(same))
  assert.deepEqual(withTextPaths(answer(same), same), answer(same), "paths that are text already")
  assert.equal(withTextPaths(undefined, same), undefined)
})
