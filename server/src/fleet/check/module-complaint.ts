// What the module system has to say, understood: which option it complains about, and in which files that option is set.
//
// It complains with `throw`, so all there is to go by is the sentence. These are the sentences of nixpkgs' lib/modules.nix,
// options.nix and types.nix; the files come from `- In `FILE': VALUE` lines (`lib.options.showDefs`), and what was being
// evaluated from the texts that it adds to traces.

import type { EvalError } from "../../eval/index.js"
import { splitFile } from "../../modules/index.js"
import { splitAttrPath } from "../aspects/aspect-path.js"

/** A file as one of a host's modules, and the aspect that it came by, as names; none for a file of its own. */
export interface ModuleFile {
  /** As evaluation sees it. */
  readonly file: string
  readonly via: readonly string[]
}

export interface ModuleComplaint {
  readonly code: string
  readonly option: readonly string[]
  /** Where the option is set, in the order of the message. */
  readonly files: readonly ModuleFile[]
}

const sentences: readonly (readonly [RegExp, string])[] = [
  [/^The option `(.+?)' does not exist/, "unknown-option"],
  [/^A definition for option `(.+?)' is not of type/, "wrong-type"],
  [/^The option `(.+?)' has conflicting definition values/, "conflicting-definitions"],
  [/^The option `(.+?)' is defined multiple times/, "conflicting-definitions"],
  [/^The option `(.+?)[`'] is defined both null and not null/, "conflicting-definitions"],
  [/^The option `(.+?)' is read-only/, "read-only-option"],
  [/^The option `(.+?)' was accessed but has no value defined/, "option-without-value"],
  [/^The option `(.+?)' is used but not defined/, "option-without-value"],
  [/^Module (imports) can't be nested lists/, "nested-imports"],
  // Our own sentence: modules/import-circle.ts.
  [/^(imports) lead round/, "import-circle"],
]

/** What a message of the module system complains about; undefined for any other message. */
export function moduleComplaint({ message }: EvalError): ModuleComplaint | undefined {
  for (const [sentence, code] of sentences) {
    const option = sentence.exec(message)?.[1]
    if (option === undefined) continue
    const files = Array.from(message.matchAll(/^- In `(.+?)'/gm), ([, name]) => moduleFile(name))
    return { code, option: optionNames(option), files }
  }
  return undefined
}

/** Messages about a module as a whole, by its name. */
const ofModule: readonly (readonly [RegExp, string])[] = [
  [/^module (.+?) \(.*?\) does not look like a module/, "not-a-module"],
  [/^Module `(.+?)' has an unsupported attribute/, "unsupported-attribute"],
  [/^The module `(.+?)` \(class: .*\) cannot be imported/, "module-class"],
]

/** The module that a message of the module system refuses altogether; undefined for any other message. */
export function refusedModule({ message }: EvalError): (ModuleFile & { readonly code: string }) | undefined {
  for (const [sentence, code] of ofModule) {
    const name = sentence.exec(message)?.[1]
    if (name !== undefined) return { code, ...moduleFile(name) }
  }
  return undefined
}

/** The code of an error: that of the module system's sentence, where it is one. */
export function codeOf(error: EvalError): string {
  const known = moduleComplaint(error) ?? refusedModule(error)
  if (known !== undefined) return known.code
  if (declaredAgain(error) !== undefined) return "declared-twice"
  // It names no file, but the value that was imported: a flake, or a whole configuration.
  return /^Expected a module, but found a value of type/.test(error.message) ? "not-a-module" : error.code
}

/** The option that a message says is declared again, and where else; undefined for any other message. */
export function declaredAgain({ message }: EvalError): Omit<ModuleComplaint, "code"> | undefined {
  const found = /^The option `(.+?)' in `(.+?)' is already declared in (.+)\.$/.exec(message)
  if (found === null) return undefined
  const others = Array.from(found[3].matchAll(/`(.+?)'/g), ([, name]) => name)
  return { option: optionNames(found[1]), files: [...others, found[2]].map(moduleFile) }
}

/**
 * An option that was renamed, changed or removed, as a warning or an assertion about it says, and where it is still set. That
 * of a user's home begins with the user.
 */
export function obsoleteOption(message: string): Omit<ModuleComplaint, "code"> | undefined {
  const found =
    /(?:^|profile: )The option (?:definition )?`(.+?)' (?:defined )?in (`.+?'(?: and `.+?')*) (?:has been|no longer)/.exec(
      message,
    )
  if (found === null) return undefined
  const files = Array.from(found[2].matchAll(/`(.+?)'/g), ([, name]) => moduleFile(name))
  return { option: optionNames(found[1]), files }
}

/** Names of an option, without what stands for an element of a list: `tags."[definition 1-entry 2]"` is `tags`. */
function optionNames(option: string): string[] {
  const names = splitAttrPath(option)
  const element = names.findIndex(name => name.startsWith("[definition "))
  return element < 0 ? names : names.slice(0, element)
}

function moduleFile(name: string): ModuleFile {
  const { file, via } = splitFile(name)
  return { file, via: via.length === 0 ? [] : splitAttrPath(via[via.length - 1]) }
}

/** One thing that was being done when evaluation failed. */
export type TrailStep =
  | { readonly kind: "option"; readonly option: readonly string[] }
  | { readonly kind: "definitions"; readonly from: ModuleFile }
  | { readonly kind: "argument"; readonly name: string; readonly of: ModuleFile }

/** What a line of a trace says was being done, if the module system wrote it. */
export function trailStep(message: string): TrailStep | undefined {
  const option = /^while evaluating the option `(.+?)':/.exec(message)
  if (option !== null) return { kind: "option", option: optionNames(option[1]) }
  const definitions = /^while evaluating definitions from `(.+?)':/.exec(message)
  if (definitions !== null) return { kind: "definitions", from: moduleFile(definitions[1]) }
  const argument = /^while evaluating the module argument `(.+?)' in "(.+?)":/.exec(message)
  return argument === null ? undefined : { kind: "argument", name: argument[1], of: moduleFile(argument[2]) }
}

/** Whether modules to import are chosen by `config`, which is made of them. */
export function isImportLoop(error: EvalError): boolean {
  return (
    error.code === "infinite-recursion" &&
    error.frames.some(({ message }) => message.startsWith("if you get an infinite recursion here"))
  )
}
