// Questions that are put again while they are being answered. A mouse that moves within a word takes a hover back and asks for
// the same one at once; were its evaluation stopped each time, on a large fleet it would not come to an end.

import { Cancelled } from "../base/index.js"

// How long a question that nobody waits for goes on: the time between taking it back and putting it again.
const lingerMs = 150

interface Pending {
  readonly answer: Promise<unknown>
  readonly controller: AbortController
  waiting: number
  timer: NodeJS.Timeout | undefined
}

/** The questions to one fleet that are not answered yet, by what they ask. */
export class JoinedQuestions {
  private readonly pending = new Map<string, Pending>()

  /**
   * Puts a question, or joins it where it is being answered. Rejects with `Cancelled` as soon as `signal` is aborted.
   * @param key what is asked: the same key has answers of the same type
   */
  ask<T>(key: string, signal: AbortSignal, put: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) return Promise.reject(new Cancelled())
    this.dropOrphans(key)
    const known = this.pending.get(key)
    const question = known === undefined || known.controller.signal.aborted ? this.begin(key, put) : known
    clearTimeout(question.timer)
    question.waiting++
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(new Cancelled())
        question.waiting--
        if (question.waiting === 0) question.timer = setTimeout(() => question.controller.abort(), lingerMs)
      }
      signal.addEventListener("abort", leave)
      const stay = () => signal.removeEventListener("abort", leave)
      question.answer.then(
        answer => {
          stay()
          resolve(answer as T)
        },
        error => {
          stay()
          reject(error)
        },
      )
    })
  }

  /** Something changed: from now on the same question is another one. Who waits gets the answer to what was asked. */
  forget(): void {
    this.pending.clear()
  }

  private begin<T>(key: string, put: (signal: AbortSignal) => Promise<T>): Pending {
    const controller = new AbortController()
    const question: Pending = { answer: put(controller.signal), controller, waiting: 0, timer: undefined }
    this.pending.set(key, question)
    const end = () => {
      clearTimeout(question.timer)
      if (this.pending.get(key) === question) this.pending.delete(key)
    }
    question.answer.then(end, end)
    return question
  }

  /** Whoever asks for something else does not wait for what nobody wants. */
  private dropOrphans(key: string): void {
    for (const [other, { waiting, controller }] of this.pending)
      if (other !== key && waiting === 0) controller.abort()
  }
}
