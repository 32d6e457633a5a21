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

/** VS Code's own settings of a proxy as the variables that programs read (git among them). Without such settings, none. */
export function proxyVariables(): Readonly<Record<string, string>> {
  const http = workspace.getConfiguration("http")
  const proxy = http.get("proxy", "")
  if (proxy === "" || http.get("proxySupport") === "off") return {}
  const excepted = http.get<readonly string[]>("noProxy", [])
  return {
    http_proxy: proxy,
    https_proxy: proxy,
    ...(excepted.length === 0 ? {} : { no_proxy: excepted.join(",") }),
  }
}
