// GitHub, GitLab and SourceHut: where the archive of a revision is, and which revision a branch is at. Everything but `revision`,
// which asks the forge, is pure.

import type { FlakeRef } from "../fleet/index.js"
import { FetchError } from "./fetch-error.js"
import { tokenFor } from "./nix-conf.js"

/** A URL, and the headers to send with it. */
export interface Address {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export type Tokens = Readonly<Record<string, string>>

const hosts: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  sourcehut: "git.sr.ht",
}

/** Whether a reference names a repository of a forge. */
export function isForge(ref: FlakeRef): boolean {
  return Object.hasOwn(hosts, String(ref.type))
}

function hostOf(ref: FlakeRef): string {
  return typeof ref.host === "string" ? ref.host : hosts[String(ref.type)]
}

/** The archive of revision `rev`. With a token, GitHub's API is used, which has private repositories, too. */
export function archiveAddress(ref: FlakeRef, rev: string, tokens: Tokens): Address {
  const host = hostOf(ref)
  const headers = authorization(ref, tokens)
  const { owner, repo } = ref
  switch (ref.type) {
    case "github":
      return Object.keys(headers).length === 0
        ? { url: `https://${host}/${owner}/${repo}/archive/${rev}.tar.gz`, headers }
        : { url: `${githubApi(host)}/repos/${owner}/${repo}/tarball/${rev}`, headers }
    case "gitlab":
      return { url: `${gitlabApi(ref)}/archive.tar.gz?sha=${rev}`, headers }
    default:
      return { url: `https://${host}/${owner}/${repo}/archive/${rev}.tar.gz`, headers }
  }
}

function githubApi(host: string): string {
  return host === "github.com" ? "https://api.github.com" : `https://${host}/api/v3`
}

function gitlabApi(ref: FlakeRef): string {
  const project = encodeURIComponent(`${ref.owner}/${ref.repo}`)
  return `https://${hostOf(ref)}/api/v4/projects/${project}/repository`
}

/** The headers that log in at a forge. GitLab tells personal tokens (`PAT:..`) from others (`OAuth2:..`). */
function authorization(ref: FlakeRef, tokens: Tokens): Readonly<Record<string, string>> {
  const token = tokenFor(`${hostOf(ref)}/${ref.owner}/${ref.repo}`, tokens)
  if (token === undefined) return {}
  if (ref.type === "github") return { authorization: `token ${token}` }
  if (ref.type === "sourcehut") return { authorization: `Bearer ${token}` }
  const [kind, ...rest] = token.split(":")
  if (kind === "PAT") return { "private-token": rest.join(":") }
  return { authorization: `Bearer ${kind === "OAuth2" ? rest.join(":") : token}` }
}

/** The revision that the reference's branch or tag, or the default branch, is at. @throws FetchError */
export async function revision(
  ref: FlakeRef,
  tokens: Tokens,
  ask: (address: Address) => Promise<string>,
): Promise<string> {
  const headers = authorization(ref, tokens)
  const name = typeof ref.ref === "string" ? ref.ref : undefined
  const { owner, repo } = ref
  let found: unknown
  if (ref.type === "github") {
    const url = `${githubApi(hostOf(ref))}/repos/${owner}/${repo}/commits/${name ?? "HEAD"}`
    found = (JSON.parse(await ask({ url, headers })) as { sha?: string }).sha
  } else if (ref.type === "gitlab") {
    const url = `${gitlabApi(ref)}/commits?ref_name=${encodeURIComponent(name ?? "HEAD")}`
    found = (JSON.parse(await ask({ url, headers })) as { id?: string }[])[0]?.id
  } else found = await sourcehutRevision(`https://${hostOf(ref)}/${owner}/${repo}`, name, headers, ask)
  if (typeof found === "string" && /^[0-9a-f]{40}$/.test(found)) return found
  throw new FetchError(`'${owner}/${repo}' on ${hostOf(ref)} has no branch or tag '${name ?? "HEAD"}'`)
}

async function sourcehutRevision(
  base: string,
  name: string | undefined,
  headers: Address["headers"],
  ask: (address: Address) => Promise<string>,
): Promise<string | undefined> {
  const head = name ?? /^ref: (?:refs\/heads\/)?(.*)$/m.exec(await ask({ url: `${base}/HEAD`, headers }))?.[1]
  const lines = (await ask({ url: `${base}/info/refs`, headers })).split("\n")
  const wanted = [`refs/heads/${head}`, `refs/tags/${head}`]
  const line = lines.find(text => wanted.includes(text.split("\t")[1]))
  return line?.split("\t")[0]
}
