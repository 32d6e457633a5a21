// Logins for hosts without a token: from the file that `netrc-file` in nix.conf names (/etc/nix/netrc by default), or in a URL itself.

import { unescape } from "node:querystring"
import type { NixSettings } from "./nix-conf.js"
import { readableText } from "./readable-text.js"

export interface Login {
  /** Undefined for the default login. */
  readonly machine: string | undefined
  readonly login: string
  readonly password: string
}

/** The logins of the file, in its order; none where there is no such file to read. */
export function readLogins(settings: NixSettings): Login[] {
  const file = settings.get("netrc-file") ?? `${process.env.NIX_CONF_DIR || "/etc/nix"}/netrc`
  return parseNetrc(readableText(file) ?? "")
}

/** Reads `machine NAME login USER password SECRET` and `default ..`, in any arrangement of lines. */
export function parseNetrc(text: string): Login[] {
  const words = withoutMacros(text).flatMap(line => line.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [])
  const logins: { machine: string | undefined; login: string; password: string }[] = []
  for (let i = 0; i < words.length; i++) {
    const last = logins.at(-1)
    if (words[i] === "machine") logins.push({ machine: plain(words[++i]), login: "", password: "" })
    else if (words[i] === "default") logins.push({ machine: undefined, login: "", password: "" })
    else if (words[i] === "login" && last !== undefined) last.login = plain(words[++i])
    else if (words[i] === "password" && last !== undefined) last.password = plain(words[++i])
    else if (words[i] === "account") i++
  }
  return logins
}

/** Removes macros, which go on to the next empty line, and comment lines. Passwords may contain `#`. */
function withoutMacros(text: string): string[] {
  let inMacro = false
  return text.split("\n").filter(line => {
    inMacro = line.trim() !== "" && (inMacro || /^\s*macdef\b/.test(line))
    return !inMacro && !/^\s*#/.test(line)
  })
}

function plain(word = ""): string {
  return word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, "$1") : word
}

/** The header that logs in where a URL leads: by what it says itself (`https://USER:SECRET@host/`), or by the file's login for its host. */
export function loginHeader(url: URL, logins: readonly Login[]): Readonly<Record<string, string>> {
  const { username, password } = url
  if (username !== "" || password !== "") return basic(unescape(username), unescape(password))
  const found = logins.find(
    ({ machine }) => machine === undefined || machine.toLowerCase() === url.hostname.toLowerCase(),
  )
  return found === undefined ? {} : basic(found.login, found.password)
}

function basic(login: string, password: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}` }
}
