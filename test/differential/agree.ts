// When two answers are the same: when they are equal, but for what the language does not define and what is left open (`tolerated`).

/** What may stand for what in an answer of Nix. Answers are bytes, one per character. */
const tolerated: readonly (readonly [nix: RegExp, canopy: string])[] = [
  // Of several undefined variables in one text, Nix tells the one whose attribute has the name that it met first, in whatever text of
  // the evaluation; Canopy looks only at the text itself (eval/code/name-order.ts).
  [/undefined variable '[^']*'\n +at [\s\S]*/, "undefined variable '[^']*'\\n +at [\\s\\S]*"],
  [/undefined variable '[^']*'/, "undefined variable '[^']*'"],
  // Asking for a text counts as a call to Nix also where there is a string at once, so the last round of ten thousand calls may stop at
  // another of its steps.
  [
    /\(\d+ duplicate frames omitted\)[\s\S]*error: stack overflow; max-call-depth exceeded[\s\S]*/,
    "\\(\\d+ duplicate frames omitted\\)[\\s\\S]*error: stack overflow; max-call-depth exceeded[\\s\\S]*",
  ],
  // The lines of Nix's own files are its own; what may fail in them stands at the same places here.
  [
    /(?<=(?:derivation-internal\.nix|<nix\/fetchurl\.nix>):\d+:\d+:\n)(?: *\d*\|.*\n)+/,
    "(?: *\\d*\\|.*\\n)+",
  ],
  // Canopy does not send anybody to Nix's own help.
  [/Try 'nix --help' for more information\.\n/, ""],
  // No two runs have one time.
  [/currentTime = \d+/, "currentTime = \\d+"],
  // A store in memory has words of its own for a file that is read as a folder.
  [
    /file '\xc2\xabunknown\xc2\xbb\/' is not a directory/,
    'cannot read directory "/nix/store/[^"]*": Not a directory',
  ],
  // What is wrong with a text in TOML is told, over several lines, by the library that Nix reads it with.
  [/while parsing TOML: \[error\][^\xbb]*?(?=\xc2\xbb)/, "while parsing TOML: [^\\xbb]*?"],
  [/while parsing TOML: \[error\][\s\S]*/, "while parsing TOML: [\\s\\S]*"],
  // Part of a query without a value is ignored by both, and only Nix warns of it.
  [/warning: dubious URI query '.*' is missing equal sign '=', ignoring\n/, ""],
]

/** Whether Nix's answer and ours are the same. */
export function agree(answerOfNix: string, answerOfCanopy: string): boolean {
  if (answerOfNix === answerOfCanopy) return true
  const read = otherWidths.test(answerOfNix) ? withoutTabStops : (answer: string) => answer
  const [nix, canopy] = [read(answerOfNix), read(answerOfCanopy)]
  return tolerated.some(([pattern]) => pattern.test(nix)) && new RegExp(`^${patternOf(nix)}$`).test(canopy)
}

/** What Nix says when it cannot answer, with a store in memory and no network. */
const noAnswers: readonly RegExp[] = [
  // It dies, of the percent sign in a text that it warns of or of an empty path in a context.
  /ended by SIGABRT|Nix crashed|format-string is ill-formed/,
  // It would have to build or fetch something.
  /Unable to build with a primary store|[0-9]+ dependenc(?:y|ies) failed|is required, but there is no substituter/,
  /unable to download|[Ff]ailed to fetch git|hg failed/,
  // It would have to read the file of a derivation, or a path that a store on a disk would refuse for its name.
  /path '\/nix\/store\/[0-9a-z]{32}-[^']*\.drv' does not exist/,
  /path '\/nix\/store\/(?![0-9a-z]{32}-)[^']*' does not exist/,
]

/** Whether Nix had no answer that another store would have. */
export function isUnanswered(nix: string): boolean {
  return noAnswers.some(noAnswer => noAnswer.test(nix))
}

/** Whether we refuse a path for its name, as Nix does with a store on a disk, where its store in memory says that there is none. */
export function isRefusedOnDisk(nix: string, canopy: string): boolean {
  const isRefused = /' is too short to be a valid store path|is not a valid store path: name '/.test(canopy)
  return isRefused && /path '\/nix\/store\/[^']*' does not exist/.test(nix)
}

/** What need not be as wide in our answer: lines of Nix's own files. */
const otherWidths = /derivation-internal\.nix:|<nix\/fetchurl\.nix>:/

/** A tab is as wide as all text before it leaves it. */
function withoutTabStops(answer: string): string {
  return answer.replace(/ +/g, " ")
}

/** The answer as a pattern that leaves open what is tolerated. */
function patternOf(answer: string): string {
  for (const [pattern, anything] of tolerated) {
    const found = pattern.exec(answer)
    if (found === null) continue
    const end = found.index + found[0].length
    return patternOf(answer.slice(0, found.index)) + anything + patternOf(answer.slice(end))
  }
  return answer.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
