// The documentation of builtins. It comes from the evaluator's own table of builtins.

import { builtinConstants, builtinRows, examplesOf } from "../../eval/index.js"
import { codeBlock } from "../markdown.js"

/** What a builtin takes, does and returns, as Markdown; undefined for other names. `name` has no `builtins.` before it. */
export function builtinMarkdown(name: string): string | undefined {
  const words = signatureAndWords(name)
  const examples = examplesOf(name).map(({ expression, value }) => `${expression}\n# ${value}`)
  if (words === undefined || examples.length === 0) return words
  return `${words}\n\n${codeBlock(examples.join("\n"), "nix")}`
}

function signatureAndWords(name: string): string | undefined {
  if (Object.hasOwn(builtinRows, name)) {
    const { args, doc } = builtinRows[name]
    return `${codeBlock(["builtins.", name, ...args.map(arg => ` ${arg}`)].join(""), "nix")}\n${doc}`
  }
  if (!Object.hasOwn(builtinConstants, name)) return undefined
  return `${codeBlock(`builtins.${name}`, "nix")}\n${builtinConstants[name]}`
}
