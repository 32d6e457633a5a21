// JSON over several lines, for people. The text itself is laid out anew, and no value is read: numbers stay as they are
// written, which JavaScript's own numbers could not promise for 64 bits.

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g

/** One line of JSON with two spaces of indentation a level; what is empty stays on one line. */
export function indentedJson(line: string): string {
  const tokens = line.match(token) ?? []
  let text = ""
  let depth = 0
  const newLine = () => `\n${"  ".repeat(depth)}`
  for (const [i, current] of tokens.entries()) {
    const before = tokens[i - 1]
    const isClosing = current === "}" || current === "]"
    if (isClosing) depth--
    const isFirst = before === "{" || before === "["
    if (isClosing ? !isFirst : isFirst || before === ",") text += newLine()
    text += current === ":" ? ": " : current
    if (current === "{" || current === "[") depth++
  }
  return text
}
