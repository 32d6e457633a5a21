// What an evaluator says to a question: a text, or an error. Two answers agree when the texts are equal, or when both are
// errors with the same message, all its lines.

/** An attribute of what an expression gives, which must be a string. Questions with equal roots share its value. */
export interface Question {
  readonly root: string
  /** Attribute path, as it would be written behind a dot. */
  readonly attr: string
  /** Whether the string is a drvPath, and all derivations below it are to be compared too. */
  readonly closure?: boolean
}

export type Answer = { readonly text: string } | { readonly error: string }

export function agree(a: Answer, b: Answer): boolean {
  return "text" in a ? "text" in b && a.text === b.text : "error" in b && a.error === b.error
}

export function showAnswer(answer: Answer): string {
  return "text" in answer ? answer.text : `error: ${answer.error}`
}
