// Names and strings as they have to be written in Nix to be read back, over characters and over bytes alike.

const KEYWORDS = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit"])

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
}

/** A string literal. */
export function writtenString(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]|\$(?=\{)/g, found => escapes[found] ?? "\\$")}"`
}

/** An attribute name: bare when it can be. */
export function writtenName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !KEYWORDS.has(name) ? name : writtenString(name)
}
