// Paths in answers, as text. Evaluation and all that reads files for it know a path as bytes, one per character; people and editors
// do not.

import { textOfBytes } from "../../eval/index.js"

/**
 * The answer, plain data, with the paths in its fields `root`, `file` and `files` as text.
 * @param shown gives the name of a path by which it is known
 */
export function withTextPaths<T>(answer: T, shown: (path: string) => string): T {
  // Fields keep their names, and strings stay strings.
  return decoded(answer) as T

  function decoded(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(decoded)
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, decodedField(name, field)]))
  }

  function decodedField(name: string, field: unknown): unknown {
    // An option's value is text already, and may have any names in it.
    if (name === "value") return field
    if ((name === "file" || name === "root") && typeof field === "string") return shown(textOfBytes(field))
    if (name !== "files" || !Array.isArray(field)) return decoded(field)
    return field.map(file => (typeof file === "string" ? shown(textOfBytes(file)) : decoded(file)))
  }
}
