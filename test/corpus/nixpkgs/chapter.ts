// A chapter is a list of questions that both evaluators are asked in the same way.

import type { Answer, Question } from "./answer.js"
import { askCanopy } from "./ask-canopy.js"
import { askNix } from "./ask-nix.js"
import { runScript } from "./script.js"

export interface Chapter {
  readonly name: string
  /** Of the trees that it is about: recorded answers hold for these alone. */
  readonly fingerprint: string
  /** What is asked about, one for each answer. */
  readonly subjects: readonly string[]
  /** @param nixInstantiate the command */
  askNix(nixInstantiate: string): Answer[]
  /** @param program the running one, which answers in a thread of its own */
  askCanopy(program: string): Promise<Answer[]>
}

/** @param questions all with one root */
export function expressions(name: string, fingerprint: string, questions: readonly Question[]): Chapter {
  return {
    name,
    fingerprint,
    subjects: questions.map(({ attr }) => attr),
    askNix: command => askNix(command, questions),
    askCanopy: program => askCanopy(program, questions),
  }
}

/** Scripts that call `nix-instantiate` and report by their status and on their last lines. */
export function scripts(name: string, fingerprint: string, paths: readonly string[]): Chapter {
  return {
    name,
    fingerprint,
    subjects: paths,
    askNix: command => paths.map(path => runScript(path, { kind: "nix", command })),
    askCanopy: async () => paths.map(path => runScript(path, { kind: "canopy" })),
  }
}
