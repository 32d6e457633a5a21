// Runs the installed git on one repository in the cache.

import { execFile } from "node:child_process"
import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { promisify } from "node:util"
import { FetchError } from "./fetch-error.js"

const run = promisify(execFile)

export class Git {
  constructor(
    readonly folder: string,
    readonly signal: AbortSignal,
  ) {}

  async prepare(): Promise<void> {
    mkdirSync(dirname(this.folder), { recursive: true })
    await run("git", ["init", "--quiet", "--bare", this.folder], { signal: this.signal }).catch(error => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new FetchError("git is not installed")
      throw failure(error)
    })
  }

  get options(): readonly string[] {
    return ["--git-dir", this.folder, "-c", "protocol.ext.allow=never", "-c", "gc.auto=0"]
  }

  async text(args: readonly string[], encoding: BufferEncoding = "utf8"): Promise<string> {
    try {
      const settings = { signal: this.signal, maxBuffer: 2 ** 28, env: quietEnvironment(), encoding }
      return (await run("git", [...this.options, ...args], settings)).stdout
    } catch (error) {
      this.signal.throwIfAborted()
      throw failure(error)
    }
  }

  async fetch(args: readonly string[]): Promise<void> {
    await this.text(["fetch", "--quiet", "--force", "--no-tags", "--no-write-commit-graph", ...args])
  }

  has(rev: string): Promise<boolean> {
    return this.text(["cat-file", "-e", `${rev}^{commit}`]).then(
      () => true,
      () => false,
    )
  }

  async headBranch(url: string): Promise<string | undefined> {
    return /^ref: (.*)\tHEAD$/m.exec(await this.text(["ls-remote", "--symref", "--", url, "HEAD"]))?.[1]
  }

  async isShallow(): Promise<boolean> {
    return (await this.text(["rev-parse", "--is-shallow-repository"])).trim() === "true"
  }
}

/** Makes git fail instead of asking for a password, since nobody is there to type one. */
function quietEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_TERMINAL_PROMPT: "0",
    GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? "ssh -oBatchMode=yes",
  }
}

function failure(error: unknown): FetchError {
  const { stderr = "", message } = error as Error & { stderr?: string }
  const lines = stderr.trim().split("\n").filter(Boolean)
  const telling = lines.find(line => /^(fatal|error|ssh): /.test(line)) ?? lines.at(-1)
  return new FetchError(`git: ${telling?.replace(/^(fatal|error): /, "") ?? message}`)
}
