// Markdown that its contents cannot break: names, values and messages come from user code.

/** Inline code, always on one line. The fence is longer than any run of backticks in the text. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ")
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(match => match[0].length))
  const fence = "`".repeat(longest + 1)
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : ""
  return `${fence}${pad}${line}${pad}${fence}`
}

/** A block of code. */
export function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(match => match[0].length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** Plain text: everything that could be markup is escaped. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")
}

/** A link, or only its text when the address is empty. */
export function link(text: string, address: string): string {
  return address === "" ? plain(text) : `[${plain(text)}](${address.replace(/[()\s]/g, percent)})`
}

/** `text` on one line of at most `width` characters. */
export function shortened(text: string, width: number): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length <= width ? line : `${line.slice(0, width - 1).trimEnd()}…`
}

/** At most `lines` lines of `text`, each of at most `width` characters, and how many more there are. */
export function clipped(text: string, lines: number, width: number): string {
  const all = text.trimEnd().split("\n")
  const shown = all
    .slice(0, lines)
    .map(line => (line.length <= width ? line : `${line.slice(0, width - 1)}…`))
  if (all.length > lines) shown.push(`… ${all.length - lines} more lines`)
  return shown.join("\n")
}

/** A list of names for people: up to eight in full, otherwise the first six and how many more. */
export function names(list: readonly string[]): string {
  return list.length <= 8 ? list.join(", ") : `${list.slice(0, 6).join(", ")} and ${list.length - 6} more`
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`
}
