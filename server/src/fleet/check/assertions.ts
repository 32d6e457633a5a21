// What the modules of a host say about it themselves: failed assertions and warnings, as building the system would print them.

import { Attrs, type Evaluator, intern, isString, type Lazy, placeOf, textOf } from "../../eval/index.js"
import { attempt, findTarget, type Target, tryAttr, tryForce, tryList, tryText } from "../../modules/index.js"
import { beginsWith, sameNames, splitAttrPath } from "../attr-path.js"
import type { Finding, SourceRange } from "../model.js"
import { sourceRange } from "../texts/source-files.js"
import type { DoneSteps } from "./done-steps.js"
import { placeOfObsolete, tokenAt } from "./error-place.js"
import { isOwnFile, readableText } from "./error-summary.js"
import type { ErrorReporting, PlacedSite } from "./host-errors.js"

interface AssertionCheck extends ErrorReporting {
  readonly ev: Evaluator
}

interface AssertingHost {
  /** Its name. */
  readonly host: string
  /** What the fleet's own files set on it. */
  readonly sites: readonly PlacedSite[]
  /** Where to report what has no place in the fleet's files. */
  readonly fallback: SourceRange
  /** What an interrupted check has found. */
  readonly done: DoneSteps<readonly Finding[]>
}

/** The failed assertions and the warnings of a configuration. */
export function assertionFindings(
  check: AssertionCheck,
  configuration: Attrs,
  { host, sites, fallback, done }: AssertingHost,
): Finding[] {
  const { ev } = check
  const kindOf = (path: readonly string[]) => findTarget(ev, configuration, path).kind
  const at = (where: SourceRange) => ({ ...where, hosts: [host], related: [] })
  const failed = (place: Lazy): Finding[] => {
    const assertion = tryForce(ev, place)
    if (!(assertion instanceof Attrs)) return []
    const holds = tryAttr(ev, assertion, "assertion")
    // Why it has no value is said of the option.
    if (holds === true || holds === undefined) return []
    const mistake = attempt(ev, () => ev.bool(holds)).error
    const said = mistake?.message ?? tryText(ev, assertion, "message") ?? "an assertion failed"
    const where =
      placeOfObsolete(said, check) ??
      placeOfAttr(check, assertion, "assertion") ??
      siteOfNamed(sites, said, kindOf) ??
      fallback
    const message = readableText(said, check).trimEnd()
    return [{ ...at(where), severity: "error", code: mistake?.code ?? "failed-assertion", message }]
  }
  const warned = (place: Lazy): Finding[] => {
    const text = tryForce(ev, place)
    if (text === undefined || !isString(text)) return []
    const message = readableText(textOf(text), check).trimEnd()
    const where =
      placeOfObsolete(textOf(text), check) ??
      onlySite(sites, "warnings") ??
      siteOfNamed(sites, textOf(text), kindOf) ??
      fallback
    return [{ ...at(where), severity: "warning", code: "host-warning", message }]
  }
  const each = (name: string, look: (place: Lazy) => Finding[]) =>
    tryList(ev, configuration, "options", name, "value").flatMap((place, i) =>
      done.once(`${name} ${i}`, () => look(place)),
    )
  return [...each("assertions", failed), ...each("warnings", warned)]
}

/** Where one of the fleet's own files writes an attribute of a set. */
function placeOfAttr(check: AssertionCheck, { shape }: Attrs, name: string): SourceRange | undefined {
  const slot = shape.find(intern(name))
  const place = slot < 0 ? undefined : placeOf(shape.spanAt(slot))
  if (place === undefined) return undefined
  const file = check.realPath(place.file)
  return isOwnFile(file, check) ? tokenAt(check.sources, { ...place, file }) : undefined
}

/**
 * Where one of the options is set that a message names, or a sibling of one that is not set, or something else of the service that it
 * configures; or else what has the name of what the option is in: the home of a user. Somebody chose such a name: the `settings` of
 * `services.grafana.settings` are not those of Nix, and the `security` in them not that of `security.sudo`.
 */
function siteOfNamed(
  sites: readonly PlacedSite[],
  message: string,
  kindOf: (path: readonly string[]) => Target["kind"],
): SourceRange | undefined {
  const named = Array.from(message.matchAll(/[\w-]+(\.[\w"-]+)+/g), ([option]) => splitAttrPath(option))
  const siblings = named.filter(({ length }) => length > 2).map(option => option.slice(0, -1))
  const [found] = [
    ...named.flatMap(option => sites.find(({ site }) => sameNames(site.path, option)) ?? []),
    ...siblings.flatMap(above => sites.find(({ site }) => beginsWith(site.path, above)) ?? []),
    ...siblings.flatMap(above => {
      const group = groupAround(above, kindOf)
      return group === undefined ? [] : (sites.find(({ site }) => beginsWith(site.path, group)) ?? [])
    }),
    ...siblings.flatMap(above => {
      const last = above[above.length - 1]
      return kindOf(above) === "member" ? (sites.find(({ site }) => site.path.indexOf(last) > 0) ?? []) : []
    }),
  ]
  return found === undefined ? undefined : sourceRange(found.file, found.site.range)
}

/**
 * The set of options that an option is in, whatever is inside of that one: that of a service, around what is in its `settings`. All of
 * `services` or `users` says nothing.
 */
function groupAround(
  path: readonly string[],
  kindOf: (path: readonly string[]) => Target["kind"],
): readonly string[] | undefined {
  const option = path.findIndex((_, i) => kindOf(path.slice(0, i + 1)) !== "group")
  const group = option < 0 ? path : path.slice(0, option)
  return group.length > 1 ? group : undefined
}

/** The place that sets an option, if there is exactly one. */
function onlySite(sites: readonly PlacedSite[], name: string): SourceRange | undefined {
  const setting = sites.filter(({ site }) => site.path.length === 1 && site.path[0] === name)
  return setting.length === 1 ? sourceRange(setting[0].file, setting[0].site.range) : undefined
}
