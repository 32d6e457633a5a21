// Joins a question with the same question that is still being answered. A mouse that moves within a word cancels its hover and
// asks again at once. If that stopped the evaluation each time, a hover in a large fleet would never finish.

import { Cancelled } from "../base/index.js"

// How long a question goes on without anybody waiting for it: the gap between cancelling a hover and asking again.
const lingerMs = 150

interface Pending {
  readonly answer: Promise<unknown>
  readonly controller: AbortController
  waiting: number
  timer: NodeJS.Timeout | undefined
}

/** The questions to one fleet that are not answered yet, by key. */
export class JoinedQuestions {
  private readonly pending = new Map<string, Pending>()

  /**
   * Asks a question, or joins the one with the same key. Rejects with `Cancelled` as soon as `signal` is aborted.
   * @param key says what is asked: questions with the same key have the same answer
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

  /** To be called after a change: questions asked before it are not joined any more. Whoever waits for one still gets its answer. */
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

  /** Stops questions that nobody waits for, so that another one need not wait behind them. */
  private dropOrphans(key: string): void {
    for (const [other, { waiting, controller }] of this.pending)
      if (other !== key && waiting === 0) controller.abort()
  }
}
