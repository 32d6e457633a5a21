// The user's settings. They are read when needed, and never kept.

import { workspace } from "vscode"
import type { ServerSettings } from "../../server/src/lsp/protocol.js"

/** The settings that the server reads. */
export function serverSettings(): ServerSettings {
  const evaluation = workspace.getConfiguration("canopy.evaluation")
  return {
    evaluation: {
      offline: evaluation.get("offline", false),
      overrideInputs: evaluation.get("overrideInputs", {}),
      hosts: evaluation.get("hosts", {}),
      builds: evaluation.get<"ask" | "never">("builds", "ask"),
    },
  }
}
