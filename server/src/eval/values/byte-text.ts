// Between the strings of a program, which hold UTF-8 bytes one per character, and JavaScript text for people.

/** The bytes of a text, one per character: what a program sees of it. */
export function bytesOf(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, "utf8").toString("latin1")
}

/**
 * The text that bytes stand for. What is no UTF-8 stays as it is, character by character, so a text that was decoded
 * already, or one with decorations such as « », survives.
 */
export function textOfBytes(bytes: string): string {
  return isAscii(bytes)
    ? bytes
    : bytes.replace(sequences, found => Buffer.from(found, "latin1").toString("utf8"))
}

/** `«words»` as bytes: how Nix marks what is no syntax. */
export function guillemets(words: string): string {
  return `\u00c2\u00ab${words}\u00c2\u00bb`
}

const sequences = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g

function isAscii(text: string): boolean {
  return !/[^\x20-\x7e\n\t]/.test(text)
}
