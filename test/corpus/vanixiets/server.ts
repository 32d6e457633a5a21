// What a language server takes that has checked a whole fleet and then answered option after option on all of its hosts.

import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import type { OptionReport } from "../../../server/src/lsp/protocol.js"
import { connectClient } from "../../lsp/client.js"

/** Bytes that the server may take at its peak. */
const MOST_BYTES = 2.5e9
/** After so many answers, how far it has come is shown. */
const SHOWN = 100

/** Asks a new server, once its check is done, for each option on all hosts. Returns what went wrong. */
export async function faultsOfServer(fleet: string, paths: readonly string[]): Promise<string[]> {
  const server = spawn(process.execPath, ["dist/server.js", "--stdio"])
  const { connection, ...client } = connectClient(server.stdout, server.stdin)
  const wrong: string[] = []
  try {
    await client.initialize([pathToFileURL(fleet).href], { trusted: true })
    await client.report(({ fleets }) =>
      fleets.some(({ status, isBusy }) => status.kind === "ready" && !isBusy),
    )
    console.log(`  checked: ${megabytes(peakOf(server.pid))}`)
    for (const [i, path] of paths.entries()) {
      const { answer } = await connection.sendRequest<OptionReport>("canopy/option", { path })
      if (answer.hosts.length === 0) wrong.push(`${path}: on no host`)
      if ((i + 1) % SHOWN === 0) console.log(`  ${i + 1} options: ${megabytes(peakOf(server.pid))}`)
    }
    const peak = peakOf(server.pid)
    if (peak > MOST_BYTES)
      wrong.push(`the server took ${megabytes(peak)}, more than ${megabytes(MOST_BYTES)}`)
  } finally {
    server.kill()
  }
  return wrong
}

/** The most bytes of memory that a process had so far. */
function peakOf(pid: number | undefined): number {
  const line = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))
  if (line === null) throw new Error("no VmHWM: this runs on Linux only")
  return Number(line[1]) * 1024
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
