// `canopy option` beside what Nix says of the same options: value, type, priority, defining files and declarations.

import { isDeepStrictEqual } from "node:util"
import type { HostRecord, Recorded, RecordedOption } from "./expected.js"
import { digest, isSet, mark } from "./recorded-marks.js"
import { differenceInShown } from "./shown-value.js"

interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

interface OptionOnHost {
  readonly value?: unknown
  readonly valueText: string
  readonly isDefined: boolean
  readonly highestPrio: number
  readonly type: string
  readonly declarations: readonly Place[]
  readonly definitions: readonly (Place & { readonly wins: boolean; readonly via?: string })[]
  readonly error?: string
}

export interface OptionAnswer {
  readonly path: string
  readonly hosts: readonly OptionOnHost[]
}

const VIA = ", via option "
const UNKNOWN = "<unknown-file>"

/**
 * The one option that is recorded as failing and does not: the record evaluates definitions behind a false `mkIf` as well, and
 * on scheelite tara's home has no `atuin-key`. `nix eval` gives the value.
 */
function isRecordedWrongly(path: string, error: string): boolean {
  return path === "home-manager.users.tara.home.activation" && error.includes("attribute 'atuin-key' missing")
}

/** @param fleet the fleet's folder, which Nix knows by its store path */
export function differingOptions(
  record: HostRecord,
  answers: readonly OptionAnswer[],
  fleet: string,
): string[] {
  const self = Object.entries(record.storePathsToLockNodes).find(([, nodes]) => nodes.includes("self"))?.[0]
  const seen = (file: string) => (file.startsWith(`${fleet}/`) ? `${self}${file.slice(fleet.length)}` : file)
  const found = new Map(answers.map(({ path, hosts }) => [path, hosts[0]]))
  const evaluable = Object.entries(record.options).flatMap(([path, wanted]) => {
    const option = found.get(path)
    const wrong = option === undefined ? ["no answer"] : differences(option, wanted, seen)
    return wrong.map(text => `${path}: ${text}`)
  })
  // Of a value that is shown in part nobody says that there is nothing wrong in the rest of it.
  const failing = record.unevaluable.flatMap(({ path, error }) => {
    const name = path.join(".")
    const option = found.get(name)
    const claimed = option?.error === undefined && (option === undefined || "value" in option)
    return claimed && !isRecordedWrongly(name, error) ? [`${name}: evaluates, Nix says ${error}`] : []
  })
  return [...evaluable, ...failing]
}

function differences(option: OptionOnHost, wanted: RecordedOption, seen: (file: string) => string): string[] {
  const winners = option.definitions.filter(({ wins }) => wins)
  const files = winners.map(({ file, via }) => seen(file) + (via === undefined ? "" : VIA + via))
  const places = option.declarations.map(place => ({ ...place, file: seen(place.file) }))
  return [
    ...unequal("type", option.type, wanted.type),
    ...unequal("isDefined", option.isDefined, wanted.isDefined),
    ...unequal("priority", option.highestPrio, wanted.highestPrio),
    ...(Array.isArray(wanted.files) ? fileDifferences(unique(files), unique(wanted.files.map(lastVia))) : []),
    ...declarationDifferences(places, wanted),
    ...valueDifferences(option, wanted.value),
  ]
}

/** A module without a file is `<unknown-file>` to Nix; Canopy may know where it is written. */
function fileDifferences(ours: readonly string[], theirs: readonly string[]): string[] {
  const known = theirs.filter(file => file !== UNKNOWN)
  const isMore = known.length < theirs.length && known.length < ours.length
  const compared = isMore ? ours.filter(file => known.includes(file)) : ours
  return unequal("files", compared, isMore ? known : theirs)
}

/** Positions where Nix knows any, otherwise files. */
function declarationDifferences(places: readonly Place[], wanted: RecordedOption): string[] {
  const positions = wanted.declarationPositions as readonly Record<keyof Place, unknown>[]
  if (positions.some(({ line }) => line !== null)) {
    const known = positions.map(({ file, line, column }) => ({ file, line: line ?? 0, column: column ?? 0 }))
    return unequal("declarations", places, known)
  }
  return unequal(
    "declarations",
    places.map(({ file }) => file),
    wanted.declarations,
  )
}

function valueDifferences(option: OptionOnHost, wanted: Recorded): string[] {
  if (mark(wanted) === "throws") return option.error === undefined ? ["has a value, Nix throws"] : []
  if (option.error !== undefined) return [`error: ${option.error}`]
  if ("value" in option)
    return isSame(option.value, wanted) ? [] : [`value: ${short(option.value)}, Nix says ${short(wanted)}`]
  const at = differenceInShown(option.valueText, wanted)
  return at === undefined
    ? []
    : [`${at} is shown in ${option.valueText.slice(0, 300)}, Nix says ${short(wanted)}`]
}

/** A module's file and the outermost of the options that it came by, which is the one that Canopy tells. */
function lastVia(name: string): string {
  const [file, ...via] = name.split(VIA)
  return via.length === 0 ? file : file + VIA + via[via.length - 1]
}

/** Compares as far as the record goes: what stands behind a mark is compared in the form of the mark. */
function isSame(value: unknown, wanted: Recorded): boolean {
  switch (mark(wanted)) {
    case undefined:
      break
    case "text":
      return isDeepStrictEqual(digest(value), wanted)
    case "set-too-deep":
      return (
        isSet(value) && isDeepStrictEqual(Object.keys(value).sort(), (wanted as { attrs: unknown }).attrs)
      )
    case "list-too-deep":
      return Array.isArray(value) && value.length === (wanted as { length: unknown }).length
    case "path":
      return value === (wanted as { path: unknown }).path
    case "flake":
    case "outPath":
      return isSet(value) && value.outPath === (wanted as { outPath: unknown }).outPath
    default:
      return false
  }
  if (Array.isArray(wanted))
    return (
      Array.isArray(value) &&
      value.length === wanted.length &&
      wanted.every((one, i) => isSame(value[i], one))
    )
  if (!isSet(wanted)) return value === wanted
  const { _oracle_type: tag, ...rest } = wanted
  const whole: Record<string, unknown> = tag === undefined ? rest : { ...rest, _type: tag }
  return (
    isSet(value) &&
    Object.keys(value).length === Object.keys(whole).length &&
    Object.entries(whole).every(([name, one]) => name in value && isSame(value[name], one))
  )
}

function unequal(what: string, ours: unknown, theirs: unknown): string[] {
  return isDeepStrictEqual(ours, theirs) ? [] : [`${what}: ${short(ours)}, Nix says ${short(theirs)}`]
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}

function short(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 300) ?? "nothing"
}
