// Folders for tests, among the temporary files of the machine.
//
// They are removed when the process ends, not by the hooks of a suite: those do not run where `--grep` leaves the whole suite out, yet
// the folder that is made at the head of its file is there. A run that is killed leaves its folders behind; their names say which
// process made them, so that the next run can remove those of processes that are gone.

import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const prefix = "canopy-test-"
const mine: string[] = []

/** A new empty folder, by its real path, until the process ends. `purpose` is a part of its name. */
export function temporaryFolder(purpose: string): string {
  if (mine.length === 0) begin()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-${purpose}-`))
  mine.push(folder)
  return realpathSync(folder)
}

function begin(): void {
  process.once("exit", () => mine.forEach(remove))
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) remove(join(tmpdir(), name))
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of somebody else may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code !== "ESRCH"
  }
}
