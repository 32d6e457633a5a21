// Why Nix rejects a URL. Its library reads as far as the grammar of RFC 3986 allows, and names what stopped it: `leftover` if
// something else follows, `mismatch` if something is incomplete.

const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/
const authority = /^\/\/([^/?#]*)/
const path = /^(?:[a-zA-Z0-9\-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*/
const query = /^\?(?:[a-zA-Z0-9\-._~!$&'()*+,;=:@/?[\]]|%[0-9a-fA-F]{2})*/
const fragment = /^#(?:[a-zA-Z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-fA-F]{2})*/
const host =
  /^(?:(?:[a-zA-Z0-9\-._~!$&'()*+,;=:]|%[0-9a-fA-F]{2})*@)?(?:\[[0-9a-fA-F:.]+\]|(?:[a-zA-Z0-9\-._~!$&'()*+,;=]|%[0-9a-fA-F]{2})*)(?::([0-9]*))?/

const LAST_PORT = 65535

/** What is wrong with a URL, in Nix's words; undefined for one that is right. */
export function urlComplaint(text: string): string | undefined {
  const start = scheme.exec(text)?.[0] ?? ""
  if (start === "" && /^[a-zA-Z0-9\-._~!$&'()*+,;=@%]+:/.test(text)) return notValid(text, "mismatch")
  if (start === "" && text.startsWith(":")) return notValid(text, "leftover")
  let rest = text.slice(start.length)
  const where = authority.exec(rest)
  if (where !== null) {
    const why = authorityComplaint(text, where[1])
    if (why !== undefined) return why
    rest = rest.slice(where[0].length)
  }
  rest = rest.replace(path, "")
  if (rest.startsWith("%")) return notValid(text, "mismatch")
  rest = rest.replace(query, "")
  if (rest.startsWith("#")) {
    rest = rest.replace(fragment, "")
    if (rest.startsWith("%")) return notValid(text, "mismatch")
  }
  if (rest !== "") return notValid(text, "leftover")
  return start === "" ? `'${text}' doesn't have a scheme` : undefined
}

function authorityComplaint(text: string, written: string): string | undefined {
  const found = host.exec(written)
  const rest = written.slice(found?.[0].length ?? 0)
  if (rest !== "") return notValid(text, /^[%[]/.test(rest) ? "mismatch" : "leftover")
  const port = found?.[1] ?? ""
  return Number(port) > LAST_PORT ? `port '${port}' is invalid` : undefined
}

function notValid(text: string, why: "leftover" | "mismatch"): string {
  return `'${text}' is not a valid URL: ${why}`
}
