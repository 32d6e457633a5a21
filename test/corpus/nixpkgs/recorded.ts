// Answers that real Nix gave once, for the trees that a fingerprint names.

import { readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import type { Answer } from "./answer.js"
import type { Chapter } from "./chapter.js"

interface RecordedChapter {
  readonly fingerprint: string
  readonly answers: readonly Answer[]
}

type Recorded = { readonly [chapter: string]: RecordedChapter }

const file = resolve("test/corpus/nixpkgs/answers.json")

function read(): Recorded {
  return JSON.parse(readFileSync(file, "utf8")) as Recorded
}

/** What was recorded for a chapter, unless it was for other trees. */
export function recordedAnswers({ name, fingerprint }: Chapter): readonly Answer[] | undefined {
  const chapter = read()[name]
  return chapter?.fingerprint === fingerprint ? chapter.answers : undefined
}

/** Adds to the record, or replaces what it says of these chapters. */
export function recordAnswers(
  chapters: readonly { readonly chapter: Chapter; readonly answers: readonly Answer[] }[],
): void {
  const added = chapters.map(
    ({ chapter, answers }) => [chapter.name, { fingerprint: chapter.fingerprint, answers }] as const,
  )
  const recorded: Recorded = { ...read(), ...Object.fromEntries(added) }
  writeFileSync(file, `${JSON.stringify(recorded, undefined, 1)}\n`)
}
