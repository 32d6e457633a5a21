// The documentation of builtins, which is in the evaluator's own table of them.

import { builtinConstants, builtinRows } from "../eval/index.js"
import { codeBlock } from "./markdown.js"

/** What a builtin takes and does; undefined for a name that is none. `name` is as in `builtins`. */
export function builtinMarkdown(name: string): string | undefined {
  if (Object.hasOwn(builtinRows, name)) {
    const { args, doc } = builtinRows[name]
    return `${codeBlock(["builtins.", name, ...args.map(arg => ` ${arg}`)].join(""), "nix")}\n${doc}`
  }
  if (!Object.hasOwn(builtinConstants, name)) return undefined
  return `${codeBlock(`builtins.${name}`, "nix")}\n${builtinConstants[name]}`
}
