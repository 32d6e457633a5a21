// Canopy: Fetch Inputs. Fetches what the lock file names and this machine lacks, with VS Code's GitHub sign-in if there is one. If a
// source needs a login and there is none, offers to sign in.

import { basename } from "node:path"
import { authentication, window } from "vscode"
import type { Context } from "../context.js"
import { asked } from "./asked.js"

const signIn = "Sign In to GitHub"

/** Fetches the inputs of the fleet at `root`, which a quick fix passes; without it, those of all fleets. */
export async function fetchInputs(context: Context, root?: string): Promise<void> {
  const { fetched, failures } = await fetch(context, root, await githubTokens(false))
  if (failures.length === 0) return sayFetched(fetched)
  const needsLogin = failures.some(failure => failure.includes("github.com") && failure.includes("login"))
  const message = `Canopy: ${failures.join("\n")}`
  const answer = await window.showErrorMessage(message, ...(needsLogin ? [signIn] : []))
  if (answer !== signIn) return
  const again = await fetch(context, root, await githubTokens(true))
  if (again.failures.length > 0) throw new Error(again.failures.join("\n"))
  sayFetched(again.fetched)
}

/** Tells the person how many inputs were fetched, unless they cancelled. */
function sayFetched(count: number | undefined): void {
  if (count === undefined) return
  const said = count === 0 ? "no input is missing" : `fetched ${count} ${count === 1 ? "input" : "inputs"}`
  void window.showInformationMessage(`Canopy: ${said}`)
}

/** Fetches. Returns how many inputs were fetched (undefined if the person cancelled), and why others could not be. */
async function fetch(
  { server, fleet }: Context,
  root: string | undefined,
  tokens: Readonly<Record<string, string>>,
): Promise<{ fetched: number | undefined; failures: string[] }> {
  const known = fleet.report?.fleets.map(fleet => ({ root: fleet.root })) ?? []
  // If no fleet is known, the server's answer says why.
  const wanted: readonly { root?: string }[] =
    root !== undefined ? [{ root }] : known.length > 0 ? known : [{}]
  const failures: string[] = []
  let fetched = 0
  for (const one of wanted) {
    const title = one.root === undefined ? "Fetching inputs" : `Fetching inputs of ${basename(one.root)}`
    const report = await asked(title, token => server.request("canopy/fetch", { tokens, ...one }, token))
    if (report === undefined) return { fetched: undefined, failures }
    fetched += report.fetched
    failures.push(...report.failures)
  }
  return { fetched, failures: [...new Set(failures)] }
}

/** The person's GitHub token. Only asks to sign in if `ask` is set: most inputs are public. */
export async function githubTokens(ask: boolean): Promise<Readonly<Record<string, string>>> {
  const how = ask ? { createIfNone: true } : { silent: true }
  const session = await authentication.getSession("github", ["repo"], how)
  return session === undefined ? {} : { "github.com": session.accessToken }
}
