// Texts of several lines, written where a test needs them.

/** The lines of a template string without the indentation of the first one, each with a newline at its end. */
export function block(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n")
  const indent = /^ */.exec(lines[0])?.[0].length ?? 0
  return `${lines.map(line => line.slice(indent)).join("\n")}\n`
}
