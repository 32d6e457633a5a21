// Turns the evaluation errors of one host into findings: one finding for each cause.
//
// An error that occurs twice has the same place and counts once. Five kinds need more work. An infinite recursion is a different
// error at every option that leads into the circle. A missing input fails wherever it is used, but has to be fixed in flake.nix.
// An option without a value may be used by half of the system, but has to be set in one place. A build is needed by every option
// that reads what is built: stylix' colours by 80 options of one home. And an option that fails in a file of an input takes along
// whoever reads it, each in a place of its own.

import { groupBy } from "../../base/index.js"
import { BuildNeeded, type EvalError } from "../../eval/index.js"
import { beginsWith, joinAttrPath } from "../attr-path.js"
import type { FlakeProblem } from "../flake/flake-problem.js"
import type { Finding, SourceRange } from "../model.js"
import type { DefinitionSite } from "../texts/definition-sites.js"
import { type SourceFile, sourceRange } from "../texts/source-files.js"
import { aboveValueless, type ErrorSurroundings, placeOfError } from "./error-place.js"
import { errorPlaces, isOwnFile, optionsOnWay } from "./error-summary.js"
import { fixOfError } from "./finding-fix.js"
import { belongsTo, errorFinding, MAX_RELATED } from "./findings.js"
import { type ImportedTwice, placesOfImports } from "./imported-twice.js"
import { isArgument } from "./list-element.js"
import { missingArgument, moduleComplaint, optionsMeant } from "./module-complaint.js"
import { compareRanges } from "./place-order.js"

/** What is needed to make findings of errors. */
export interface ErrorReporting extends ErrorSurroundings {
  /** What is wrong with flake.nix, flake.lock and the inputs. */
  readonly problems: readonly FlakeProblem[]
}

/** An error, and where the person asked for what failed. */
interface PlacedError {
  readonly error: EvalError
  readonly fallback: SourceRange
}

/** What the values of a host say about its errors. */
interface HostKnowledge {
  /** Where an option belongs that does not exist where it is set. */
  readonly belongs: (error: EvalError) => string | undefined
  /** The aspect whose second import makes an error. */
  readonly importedTwice: (error: EvalError) => ImportedTwice | undefined
}

/** A place where one of a host's own files sets an option. */
export interface PlacedSite {
  readonly file: SourceFile
  readonly site: DefinitionSite
}

interface Loop {
  /** The options in the circle, from all of its errors. */
  readonly options: Set<string>
  readonly errors: PlacedError[]
}

export class HostErrors {
  private readonly seen = new Set<EvalError>()
  private readonly plain: PlacedError[] = []
  private readonly loops: Loop[] = []
  private readonly sites: PlacedSite[] = []
  /** Why options cannot be declared, with their names. */
  private readonly undeclared = new Map<EvalError, string>()

  /** @param hosts the hosts that the errors concern */
  constructor(
    private readonly around: ErrorReporting,
    private readonly hosts: readonly string[],
    private readonly about: HostKnowledge = { belongs: () => undefined, importedTwice: () => undefined },
  ) {}

  /** Adds what the hosts' own files set. */
  know(sites: readonly PlacedSite[]): void {
    this.sites.push(...sites)
  }

  add(error: EvalError, fallback: SourceRange): void {
    if (this.seen.has(error)) return
    this.seen.add(error)
    const options = error.code === "infinite-recursion" ? optionsOnWay(error) : []
    if (options.length === 0) this.plain.push({ error, fallback })
    else this.addLoop(options, { error, fallback })
  }

  /** Adds why an option cannot be declared, which takes along all that sets or reads it. */
  addDeclaration(error: EvalError, fallback: SourceRange, option: readonly string[]): void {
    this.undeclared.set(error, joinAttrPath(option))
    this.add(error, fallback)
  }

  /** Adds an error to its circle: the one with the option that it came back to, or with an error that came back to one of its own. */
  private addLoop(options: readonly string[], error: PlacedError): void {
    const cameBack = (other: PlacedError) => options.includes(optionsOnWay(other.error)[0])
    const known = this.loops.find(loop => loop.options.has(options[0]) || loop.errors.some(cameBack))
    const loop = known ?? { options: new Set<string>(), errors: [] }
    if (known === undefined) this.loops.push(loop)
    loop.errors.push(error)
    for (const option of options) loop.options.add(option)
  }

  findings(): Finding[] {
    return [
      ...this.causes().flatMap(errors => this.plainFinding(errors)),
      ...this.valuelessFindings(),
      ...this.loopFindings(),
    ]
  }

  /** The errors that do not only follow from others: an option whose name is misspelled where it is set has no value. */
  private get mistakes(): PlacedError[] {
    const messages = this.plain.map(({ error }) => error.message)
    const meant = new Set(this.plain.flatMap(({ error }) => optionsMeant(error).map(joinAttrPath)))
    const isMeant = (error: EvalError) => {
      const complaint = moduleComplaint(error)
      return complaint?.code === "option-without-value" && meant.has(joinAttrPath(complaint.option))
    }
    return this.plain.filter(({ error }) => !isMeant(error) && !isArgument(error.message, messages))
  }

  private isWanting({ error }: PlacedError): boolean {
    return aboveValueless(error, this.around) !== undefined
  }

  /** Options without a value, each where a sibling is set, or else where it was first needed. */
  private valuelessFindings(): Finding[] {
    const wanting = this.mistakes
      .filter(error => this.isWanting(error))
      .sort((a, b) => compareRanges(a.fallback, b.fallback))
    const isFirst = ({ error }: PlacedError, i: number) =>
      wanting.findIndex(other => other.error.message === error.message) === i
    return wanting.filter(isFirst).map(first => {
      const finding = errorFinding(first.error, this.hosts, first.fallback, this.around)
      const beside = this.siteBeside(aboveValueless(first.error, this.around) ?? [])
      return beside === undefined ? finding : { ...finding, ...sourceRange(beside.file, beside.site.range) }
    })
  }

  /** What is set nearest to a path: in it, or else in as much of it as two names. */
  private siteBeside(path: readonly string[]): PlacedSite | undefined {
    const found = this.sites.find(({ site }) => beginsWith(site.path, path))
    return found ?? (path.length > 2 ? this.siteBeside(path.slice(0, -1)) : undefined)
  }

  /** Circles at the same place have one cause, although each option describes it differently. */
  private loopFindings(): Finding[] {
    const found = this.loops.map(loop => this.loopFinding(loop))
    return found.filter((one, i) => found.findIndex(other => compareRanges(one, other) === 0) === i)
  }

  /** All other errors, those of one cause together, the nearest to it first. A build is as near to all that need it. */
  private causes(): PlacedError[][] {
    const others = this.mistakes.filter(error => !this.isWanting(error))
    const causes = groupBy(others, ({ error }) => this.causeOf(error))
    const steps = ({ error }: PlacedError) => error.frames.length
    return Array.from(causes.values(), errors =>
      errors[0].error instanceof BuildNeeded ? errors : errors.sort((a, b) => steps(a) - steps(b)),
    )
  }

  /** One finding for errors of one cause: at one that has a place to fix, if there is any. */
  private plainFinding(errors: readonly PlacedError[]): Finding[] {
    const placeToFix = ({ error }: PlacedError) => placeOfError(error, this.around)
    const declaration = errors.find(({ error }) => this.undeclared.has(error))
    const first = declaration ?? errors.find(placeToFix) ?? errors[0]
    const { error, fallback } = first
    if (isSaidByParser(error, this.around)) return []
    const missing = missingInput(error, this.around.problems)
    if (missing !== undefined)
      return [{ ...missing, severity: "error", hosts: this.hosts, related: [], ...fixOfError(error) }]
    const found = errorFinding(error, this.hosts, fallback, this.around)
    const twice = this.about.importedTwice(error)
    if (twice !== undefined) return [this.twiceFinding(twice, found)]
    const where = this.about.belongs(error)
    const finding = where === undefined ? found : belongsTo(where, found)
    const others = errors.map(error => placeToFix(error) ?? error.fallback)
    const alike = relatedTo(
      others.filter(other => compareRanges(other, finding) !== 0),
      "this needs it, too",
    )
    return [{ ...finding, related: [...finding.related, ...alike].slice(0, MAX_RELATED) }]
  }

  /** At the last import of an aspect that is imported twice. */
  private twiceFinding(twice: ImportedTwice, finding: Finding): Finding {
    const places = placesOfImports(twice, this.around)
    const last = places.at(-1)
    const name = twice.aspect.slice(-2).join(".")
    const message = `the aspect '${name}' is imported twice, so that it declares its options twice`
    const related = relatedTo(places.slice(0, -1), "it is imported here, too")
    return { ...finding, ...last, message, related: related.slice(0, MAX_RELATED) }
  }

  /**
   * What errors of one cause have in common: the build that they need, the aspect that is imported twice, the argument that their
   * module does not get, or what fails where in the same option.
   */
  private causeOf(error: EvalError): unknown {
    if (error instanceof BuildNeeded) return error.drvPath
    const twice = this.about.importedTwice(error)
    if (twice !== undefined) return joinAttrPath(twice.aspect)
    const argument = missingArgument(error)
    if (argument !== undefined) return [argument.name, argument.of.file, error.message].join("\0")
    const [option] = optionsOnWay(error)
    if (option === undefined || this.undeclared.has(error)) return error
    const declared = Array.from(this.undeclared).find(([, name]) => name === option)
    return declared?.[0] ?? [error.span, option, error.message].join("\0")
  }

  /** The shortest circle, at its first place in the files, so that all hosts report the same. */
  private loopFinding({ errors }: Loop): Finding {
    const length = ({ error }: PlacedError) => optionsOnWay(error).length
    const [shortest] = [...errors].sort(
      (a, b) => length(a) - length(b) || compareRanges(a.fallback, b.fallback),
    )
    const places = errors
      .map(({ error, fallback }) => placeOfError(error, this.around) ?? fallback)
      .sort(compareRanges)
    const finding = errorFinding(shortest.error, this.hosts, shortest.fallback, this.around)
    const others = places.filter((place, i) => i > 0 && compareRanges(place, places[i - 1]) !== 0)
    const related = relatedTo(others.slice(0, MAX_RELATED), "this is part of the circle, too")
    return { ...finding, ...places[0], related }
  }
}

function relatedTo(places: readonly SourceRange[], message: string): Finding["related"] {
  return places.map(({ file, range }) => ({ file, ...range.start, message }))
}

/** Whether an error is a syntax error: those are reported once for the file, whoever evaluates it. */
function isSaidByParser(error: EvalError, around: ErrorSurroundings): boolean {
  if (error.code !== "syntax") return false
  const [place] = errorPlaces(error, around.realPath)
  return place !== undefined && isOwnFile(place.file, around)
}

/** The problem of the flake's files that an error only repeats. */
function missingInput(error: EvalError, problems: readonly FlakeProblem[]): FlakeProblem | undefined {
  if (error.code !== "missing-input") return undefined
  const name = /^(input '.+?') is missing/.exec(error.message)?.[1]
  return problems.find(
    ({ code, message }) =>
      message === error.message ||
      (code === "flake-input-missing" && name !== undefined && message.startsWith(`${name} is missing`)),
  )
}
