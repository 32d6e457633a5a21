// Requests waiting for the evaluation thread, ordered by urgency and then by age.

import type { Kind, Question } from "./questions.js"
import type { RequestOptions } from "./session-port.js"

export interface Task {
  readonly id: number
  readonly question: Question
  readonly options: RequestOptions
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
  /** Nobody waits for the answer any more. */
  abandoned: boolean
  /** Interrupted for an urgent request; goes back into the queue. */
  preempted: boolean
  forget: () => void
}

/** Ends a task by resolving or rejecting it (`how`). */
export function settle(task: Task, how: () => void): void {
  task.forget()
  how()
}

export class TaskQueue {
  private readonly tasks: Task[] = []

  get first(): Task | undefined {
    return this.tasks[0]
  }

  /** Puts a task behind all that are as urgent. */
  add(task: Task): void {
    const place = this.tasks.findIndex(other => rankOf(task) < rankOf(other))
    this.tasks.splice(place < 0 ? this.tasks.length : place, 0, task)
  }

  /** Takes a task out, if it waits here. */
  remove(task: Task): void {
    const place = this.tasks.indexOf(task)
    if (place >= 0) this.tasks.splice(place, 1)
  }

  drain(): Task[] {
    return this.tasks.splice(0)
  }
}

// Opening the flake (outline) is as urgent as what needs it: if interrupted, it would only start over.
const ranks: Readonly<Record<Kind, number>> = {
  outline: 0,
  importers: 0,
  option: 0,
  function: 0,
  package: 0,
  load: 1,
  hosts: 1,
  aspects: 1,
  vars: 1,
  definedIn: 1,
  systems: 2,
  toplevels: 2,
  plan: 1,
  watched: 1,
  wanted: 1,
  lock: 1,
  stageBuild: 1,
  why: 1,
  check: 2,
  checkSoFar: 2,
  changed: 2,
  packages: 2,
}

/** How long a task may wait: 0 is for a hover, 1 for a command or the tree, 2 for the Problems view. */
export function rankOf({ question }: Task): number {
  return ranks[question.kind]
}
