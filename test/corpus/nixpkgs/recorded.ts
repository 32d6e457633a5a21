// Answers that real Nix gave once, for the one nixpkgs that a fingerprint names.

import { createHash } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Answer } from "./answer.js"

interface Recorded {
  /** SHA-256 of pkgs/top-level/all-packages.nix, which every change of importance touches. */
  readonly fingerprint: string
  readonly chapters: Readonly<Record<string, readonly Answer[]>>
}

const file = resolve("test/corpus/nixpkgs/answers.json")

/** What was recorded for a chapter, unless it was for another nixpkgs. */
export function recordedAnswers(nixpkgs: string, chapter: string): readonly Answer[] | undefined {
  const record = JSON.parse(readFileSync(file, "utf8")) as Recorded
  return record.fingerprint === fingerprint(nixpkgs) ? record.chapters[chapter] : undefined
}

/** Replaces the record. */
export function recordAnswers(
  nixpkgs: string,
  chapters: readonly { readonly name: string; readonly answers: readonly Answer[] }[],
): void {
  const record: Recorded = {
    fingerprint: fingerprint(nixpkgs),
    chapters: Object.fromEntries(chapters.map(({ name, answers }) => [name, answers])),
  }
  writeFileSync(file, `${JSON.stringify(record, undefined, 1)}\n`)
}

function fingerprint(nixpkgs: string): string {
  const text = readFileSync(join(nixpkgs, "pkgs/top-level/all-packages.nix"))
  return createHash("sha256").update(text).digest("hex")
}
