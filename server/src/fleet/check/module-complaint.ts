// Parses what the module system says: which option it complains about, and which files set that option.
//
// It complains by `throw`, so there is nothing but the text. The patterns here are from nixpkgs' lib/modules.nix, options.nix and
// types.nix. The files come from lines such as `- In `FILE': VALUE` (`lib.options.showDefs`), and what was being evaluated from the
// lines that it adds to traces.

import type { EvalError } from "../../eval/index.js"
import { splitFile } from "../../modules/index.js"
import { splitAttrPath } from "../attr-path.js"

/** A file as a module of a host, and the names of the aspect that it came through; none for a file imported by itself. */
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

/** Parses a complaint of the module system; undefined for any other message. */
export function moduleComplaint({ message }: Pick<EvalError, "message">): ModuleComplaint | undefined {
  for (const [sentence, code] of sentences) {
    const option = sentence.exec(message)?.[1]
    if (option === undefined) continue
    const files = Array.from(message.matchAll(/^- In `(.+?)'/gm), ([, name]) => moduleFile(name))
    return { code, option: optionNames(option), files }
  }
  return undefined
}

/** The options that a message about one that does not exist says may have been meant; they differ in their last name. */
export function optionsMeant({ message }: EvalError): string[][] {
  const meant = /\n\s*Did you mean (.*)\?$/.exec(message)?.[1] ?? ""
  return Array.from(meant.matchAll(/`(.+?)'/g), ([, option]) => optionNames(option))
}

/** Messages about a module as a whole, by its name. */
const ofModule: readonly (readonly [RegExp, string])[] = [
  [/^module (.+?) \(.*?\) does not look like a module/, "not-a-module"],
  [/^Module `(.+?)' has an unsupported attribute/, "unsupported-attribute"],
  [/^The module `(.+?)` \(class: .*\) cannot be imported/, "module-class"],
]

/** The module that a message refuses as a whole; undefined for any other message. */
export function refusedModule({ message }: EvalError): (ModuleFile & { readonly code: string }) | undefined {
  for (const [sentence, code] of ofModule) {
    const name = sentence.exec(message)?.[1]
    if (name !== undefined) return { code, ...moduleFile(name) }
  }
  return undefined
}

/** The code of an error: that of the complaint, if it is one of the module system. */
export function codeOf(error: EvalError): string {
  const known = moduleComplaint(error) ?? refusedModule(error)
  if (known !== undefined) return known.code
  if (declaredAgain(error) !== undefined) return "declared-twice"
  // This message names no file, only the value that was imported: a flake, or a whole configuration.
  return /^Expected a module, but found a value of type/.test(error.message) ? "not-a-module" : error.code
}

/** The option that a message says is declared twice, and where else; undefined for any other message. */
export function declaredAgain({ message }: EvalError): Omit<ModuleComplaint, "code"> | undefined {
  const found = /^The option `(.+?)' in `(.+?)' is already declared in (.+)\.$/.exec(message)
  if (found === null) return undefined
  const others = Array.from(found[3].matchAll(/`(.+?)'/g), ([, name]) => name)
  return { option: optionNames(found[1]), files: [...others, found[2]].map(moduleFile) }
}

/**
 * The option that a warning or an assertion calls renamed, changed or removed, and where it is still set. Options of a user's home
 * begin with the user.
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

/** The names of an option, without a marker for an element of a list: `tags."[definition 1-entry 2]"` is `tags`. */
function optionNames(option: string): string[] {
  const names = splitAttrPath(option)
  const element = names.findIndex(name => name.startsWith("[definition "))
  return element < 0 ? names : names.slice(0, element)
}

function moduleFile(name: string): ModuleFile {
  const { file, via } = splitFile(name)
  return { file, via: via.length === 0 ? [] : splitAttrPath(via[via.length - 1]) }
}

/** A step of evaluation on the way to an error. */
export type TrailStep =
  | { readonly kind: "option"; readonly option: readonly string[] }
  | { readonly kind: "definitions"; readonly from: ModuleFile }
  | { readonly kind: "argument"; readonly name: string; readonly of: ModuleFile }

/** The step that a line of a trace describes, if the module system wrote it. */
export function trailStep(message: string): TrailStep | undefined {
  const option = /^while evaluating the option `(.+?)':/.exec(message)
  if (option !== null) return { kind: "option", option: optionNames(option[1]) }
  const definitions = /^while evaluating definitions from `(.+?)':/.exec(message)
  if (definitions !== null) return { kind: "definitions", from: moduleFile(definitions[1]) }
  const argument = /^while evaluating the module argument `(.+?)' in "(.+?)":/.exec(message)
  return argument === null ? undefined : { kind: "argument", name: argument[1], of: moduleFile(argument[2]) }
}

/** The argument that a module asks for and does not get, if that is the error. */
export function missingArgument(error: EvalError): Extract<TrailStep, { kind: "argument" }> | undefined {
  for (const { message } of error.code === "missing-attribute" ? error.frames : []) {
    const step = trailStep(message)
    if (step?.kind === "argument" && error.message === `attribute '${step.name}' missing`) return step
  }
  return undefined
}

/** Whether the error is that `imports` depend on `config`, which depends on them. */
export function isImportLoop(error: EvalError): boolean {
  return (
    error.code === "infinite-recursion" &&
    error.frames.some(({ message }) => message.startsWith("if you get an infinite recursion here"))
  )
}
