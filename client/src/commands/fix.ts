// What code actions on findings do: fetch, build, tell git, lock. Each runs only at the person's word; what runs programs of the
// repository asks once more.

import { window } from "vscode"
import type { FixArguments } from "../../../server/src/lsp/protocol.js"
import type { Context } from "../context.js"
import { fetchInputs } from "./fetch-inputs.js"

export async function fix(context: Context, { root, fix }: FixArguments): Promise<void> {
  switch (fix.kind) {
    case "fetch":
      return fetchInputs(context, root)
    case "build":
      return build(context, root, fix.derivation)
    case "track":
      return run("git", root, `git add --intent-to-add -- ${quote(fix.path)}`)
    case "lock":
      return run("nix flake lock", root, "nix flake lock")
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
  const { failure } = await server.request("canopy/build", { root, derivation })
  if (failure !== undefined) throw new Error(`the build failed: ${failure}`)
}

/** In a terminal, where the person sees what is run. The server notices the change by itself. */
function run(name: string, cwd: string, command: string): void {
  const terminal = window.createTerminal({ name, cwd })
  terminal.show()
  terminal.sendText(command)
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`
}
