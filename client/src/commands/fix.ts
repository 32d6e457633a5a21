// The quick fixes of findings: fetch, build, tell git, lock. Each runs only when the person chooses it. A build, which runs programs
// of the repository, asks once more.

import { basename } from "node:path"
import { Uri, window, workspace } from "vscode"
import type { FixArguments } from "../../../server/src/lsp/protocol.js"
import type { Context } from "../context.js"
import { asked } from "./asked.js"
import { fetchInputs, githubTokens } from "./fetch-inputs.js"

/** Does what a quick fix says. */
export async function fix(context: Context, { root, fix }: FixArguments): Promise<void> {
  switch (fix.kind) {
    case "fetch":
      return fetchInputs(context, root)
    case "build":
      return build(context, root, fix.derivation)
    case "track":
      return run(root, `git add --intent-to-add -- ${quote(fix.path)}`)
    case "lock":
      return lock(context, root)
  }
}

async function build({ server }: Context, root: string, derivation: string): Promise<void> {
  const detail = `${derivation}\n\nNix builds it and all that it needs, which runs what the repository says.`
  const answer = await window.showWarningMessage(
    "Build what evaluation imports?",
    { modal: true, detail },
    "Build",
  )
  if (answer !== "Build") return
  const report = await asked("Building what evaluation imports", token =>
    server.request("canopy/build", { root, derivation }, token),
  )
  if (report?.failure !== undefined) throw new Error(`the build failed: ${report.failure}`)
}

/** Writes flake.lock. A new one is added to git, or Nix would not see it. */
async function lock({ server }: Context, root: string): Promise<void> {
  const tokens = await githubTokens(false)
  const locked = await asked(`Locking the inputs of ${basename(root)}`, token =>
    server.request("canopy/lock", { root, tokens }, token),
  )
  if (locked === undefined) return
  const { text, root: folder } = locked
  const file = Uri.joinPath(Uri.file(folder), "flake.lock")
  const isNew = (await workspace.fs.readDirectory(Uri.file(folder))).every(([name]) => name !== "flake.lock")
  await workspace.fs.writeFile(file, new TextEncoder().encode(text))
  if (isNew) run(folder, "git add --intent-to-add flake.lock")
}

/** Runs a command of git in a terminal, where the person sees it. The server notices the change by itself. */
function run(cwd: string, command: string): void {
  const terminal = window.createTerminal({ name: "git", cwd })
  terminal.show()
  terminal.sendText(command)
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`
}
