// URLs as flake references use them: taken apart and put together, with percent encoding.
//
// Not the URL of browsers: a scheme such as `github:` has no authority, a path may be relative, segments are decoded one
// by one (`gitlab:group%2Fsub/repo` has two), and Nix prints queries in the order of their names. Texts are byte strings.

export interface FlakeUrl {
  readonly scheme: string
  /** What stands between `//` and the path; undefined where there is no `//`. */
  readonly authority: string | undefined
  /** Decoded; joined by slashes they are the path. */
  readonly segments: readonly string[]
  /** Decoded, in no order. */
  readonly query: ReadonlyMap<string, string>
  readonly fragment: string
}

// The characters of a query by RFC 3986, with quotes, spaces and brackets, which Nix forgives.
const queryText = String.raw`(?:[a-zA-Z0-9\-._~!$&'()*+,;=:@/?" [\]]|%[0-9a-fA-F]{2})*`

/** A query that can be read. */
export const queryShape = new RegExp(`^${queryText}$`)

const pathText = String.raw`(?:[a-zA-Z0-9\-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*`

const shape = new RegExp(
  String.raw`^([a-zA-Z][a-zA-Z0-9+.-]*):(?://([^/?#]*))?(${pathText})(?:\?(${queryText}))?(?:#(.*))?$`,
  "s",
)

const authorityShape = /^[a-zA-Z0-9\-._~!$&'()*+,;=:@%[\]]*$/

/** A URL taken apart, or undefined for a text that is none. */
export function parseFlakeUrl(text: string): FlakeUrl | undefined {
  const match = shape.exec(text)
  if (match === null) return undefined
  const [, scheme, authority, path, query, fragment] = match
  if (authority !== undefined && !isAuthority(authority)) return undefined
  const isFile = /^(.*\+)?file$/.test(scheme)
  // A file is on this machine, and no file is the root of all.
  if (isFile && authority !== undefined && authority !== "") return undefined
  return {
    scheme,
    authority,
    segments: (isFile && path === "" ? "/" : path).split("/").map(percentDecode),
    query: parseQuery(query ?? ""),
    fragment: percentDecode(fragment ?? ""),
  }
}

const LAST_PORT = 65535

function isAuthority(text: string): boolean {
  const port = /:(\d+)$/.exec(text)?.[1]
  return authorityShape.test(text) && (port === undefined || Number(port) <= LAST_PORT)
}

/** Pairs without `=` do not count; of a name that comes twice, the first does. */
export function parseQuery(text: string): Map<string, string> {
  const query = new Map<string, string>()
  for (const pair of text.split("&")) {
    const equals = pair.indexOf("=")
    const name = percentDecode(pair.slice(0, equals))
    if (equals > 0 && !query.has(name)) query.set(name, percentDecode(pair.slice(equals + 1)))
  }
  return query
}

/** Puts a URL together, encoding what has to be. */
export function printFlakeUrl(url: Omit<FlakeUrl, "fragment">): string {
  const authority = url.authority === undefined ? "" : `//${url.authority}`
  const path = url.segments.map(segment => percentEncode(segment, pathExtra)).join("/")
  return `${url.scheme}:${authority}${path}${printQuery(url.query)}`
}

/** With the question mark; empty for no names. */
export function printQuery(query: ReadonlyMap<string, string>): string {
  const names = [...query.keys()].sort()
  if (names.length === 0) return ""
  const pairs = names.map(
    name => `${percentEncode(name, queryExtra)}=${percentEncode(query.get(name) ?? "", queryExtra)}`,
  )
  return `?${pairs.join("&")}`
}

const pathExtra = ":@"
const queryExtra = ":@/?"

/** Encodes all but letters, digits, `-._~` and what `extra` allows. */
export function percentEncode(text: string, extra: string): string {
  return text.replace(/[^a-zA-Z0-9\-._~]/gs, character =>
    extra.includes(character)
      ? character
      : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  )
}

/** A percent sign that begins no code stays as it is. */
export function percentDecode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
