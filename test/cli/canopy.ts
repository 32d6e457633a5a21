// Runs the built program as a person does: arguments in; exit status, stdout and stderr out.

import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import "../harness/own-cache.js"

export const repository = join(__dirname, "../..")
const program = join(repository, "dist/cli.js")

export interface RunSettings {
  readonly input?: string
  /** Folder that it runs in; the repository unless given. */
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Result {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Throws when the program is not built. */
export function canopy(args: readonly string[], { input, folder, env }: RunSettings = {}): Result {
  if (!existsSync(program)) throw new Error("dist/cli.js is missing: run 'npm run build' first")
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder ?? repository,
    encoding: "utf8",
    input: input ?? "",
    env: { ...process.env, NIX_PATH: "", ...env },
    maxBuffer: 64 << 20,
  })
  return { status, stdout, stderr }
}
