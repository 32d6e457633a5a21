// Builtins on strings, and on what strings hold: regular expressions, versions, names of packages.

import { orInvalidValue, ownUp } from "../errors/error.js"
import type { Evaluator } from "../evaluator.js"
import { coerce, stringParts } from "../interpreter/coerce.js"
import { force } from "../interpreter/force.js"
import { compilePosixRegex, type PosixRegex, RegexError } from "../regex/regex.js"
import { type GrowingContext, joinContext, textOf, withContext } from "../values/context.js"
import { attrsOf, type BuiltinRow, type Lazy, type Value } from "../values/value.js"
import { compareVersions, parseDrvName, splitVersion } from "./version.js"

export const stringBuiltins: Readonly<Record<string, BuiltinRow>> = {
  compareVersions: {
    args: ["s1", "s2"],
    strict: true,
    doc: "Compare two versions: `-1` if `s1` is older, `0` if they are equal, `1` if it is newer.",
    call: (ev, s1, s2) => compareVersions(ev.text(s1), ev.text(s2)),
  },
  concatStringsSep: {
    args: ["separator", "list"],
    strict: true,
    doc: "Join the strings of `list`, with `separator` between them.",
    call: concatStringsSep,
  },
  match: {
    args: ["regex", "str"],
    strict: true,
    doc: "If the POSIX extended regular expression `regex` matches all of `str`, return its groups, otherwise `null`.",
    call: (ev, regex, str) => {
      const pattern = compiled(ev.text(regex))
      const found = pattern.matchAll(stringParts(ev, force(ev, str)).text)
      return found === null ? null : found.map(group => group ?? null)
    },
  },
  parseDrvName: {
    args: ["s"],
    strict: true,
    doc: "Split `s` into `name` and `version`: the version begins at the first dash that no letter follows.",
    call: (ev, s) => {
      const { name, version } = parseDrvName(ev.text(s))
      return attrsOf([
        ["name", name],
        ["version", version],
      ])
    },
  },
  replaceStrings: {
    args: ["from", "to", "s"],
    doc: "Replace every string of `from` in `s` by its partner in `to`. The first that fits at a place counts.",
    call: (ev, from, to, s) => replaceStrings(ev, ev.list(from), ev.list(to), s),
  },
  split: {
    args: ["regex", "str"],
    strict: true,
    doc: "Split `str` at the matches of `regex`: texts between matches and lists of groups take turns.",
    call: (ev, regex, str) => split(ev, ev.text(regex), str),
  },
  splitVersion: {
    args: ["s"],
    strict: true,
    doc: "Split a version into its components, as `compareVersions` compares them.",
    call: (ev, s) => splitVersion(ev.text(s)),
  },
  stringLength: {
    args: ["e"],
    strict: true,
    doc: "Return the length of a string in bytes.",
    call: (ev, e) => coerce(ev, force(ev, e), { copyToStore: true }, 0).text.length,
  },
  substring: {
    args: ["start", "len", "s"],
    doc: "Return the bytes of `s` from `start` (counting from 0), `len` at the most, all for a negative `len`.",
    call: (ev, start, len, s) => {
      const first = ev.int(start)
      if (first < 0) return ev.fail("invalid-value", "negative start position in 'substring'")
      const count = ev.int(len)
      const { text, context } = coerce(ev, force(ev, s), { copyToStore: true }, 0)
      return withContext(text.slice(first, count < 0 ? undefined : first + count), context)
    },
  },
}

function concatStringsSep(ev: Evaluator, separator: Lazy, strings: Lazy): Value {
  const between = stringParts(ev, force(ev, separator))
  const list = ev.list(strings)
  const all: GrowingContext = { context: between.context, own: undefined }
  const texts = new Array<string>(list.length)
  for (let i = 0; i < list.length; i++) {
    const value = force(ev, list[i])
    if (typeof value === "string") texts[i] = value
    else {
      const part = coerce(ev, value, { copyToStore: true }, 0)
      texts[i] = part.text
      joinContext(all, part.context)
    }
  }
  return withContext(texts.join(between.text), all.context)
}

/** @throws EvalError for an expression that is none, in Nix's words */
function compiled(regex: string): PosixRegex {
  return orInvalidValue(RegexError, () => compilePosixRegex(regex))
}

function split(ev: Evaluator, regex: string, str: Lazy): Value {
  const pattern = compiled(regex)
  const whole = ev.string(str)
  const text = textOf(whole)
  const parts: Value[] = []
  let end = 0
  for (const found of pattern.findAll(text)) {
    parts.push(text.slice(end, found.start))
    parts.push(found.groups.map(group => group ?? null))
    end = found.end
  }
  // Only what was not split still knows what it depends on.
  parts.push(parts.length === 0 ? whole : text.slice(end))
  return parts
}

function replaceStrings(ev: Evaluator, from: readonly Lazy[], to: readonly Lazy[], s: Lazy): Value {
  if (from.length !== to.length)
    return ev.fail(
      "invalid-value",
      "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
    )
  const patterns = from.map(pattern => partOf(ev, pattern, "strings to replace").text)
  const subject = stringParts(ev, force(ev, s))
  const text = subject.text
  const all: GrowingContext = { context: subject.context, own: undefined }
  // Replacements are evaluated only when used.
  const replacement = (i: number): string => {
    const part = partOf(ev, to[i], "replacement strings")
    joinContext(all, part.context)
    return part.text
  }
  let result = ""
  let at = 0
  while (at <= text.length) {
    const i = patterns.findIndex(pattern => text.startsWith(pattern, at))
    if (i < 0) {
      const next = nextCandidate(patterns, text, at + 1)
      result += text.slice(at, next)
      at = next
      if (next > text.length) break
    } else {
      result += replacement(i)
      if (patterns[i] !== "") at += patterns[i].length
      else {
        result += text.slice(at, at + 1)
        at++
      }
    }
  }
  return withContext(result, all.context)
}

function partOf(ev: Evaluator, string: Lazy, ofThose: string): ReturnType<typeof stringParts> {
  try {
    return stringParts(ev, force(ev, string))
  } catch (error) {
    throw ownUp(error, `while evaluating one of the ${ofThose} passed to builtins.replaceStrings`, 0)
  }
}

/** The next place at or after `from` where some pattern is found; behind the end if there is none. */
function nextCandidate(patterns: readonly string[], text: string, from: number): number {
  let nearest = text.length + 1
  for (const pattern of patterns) {
    const found = text.indexOf(pattern, from)
    if (found >= 0 && found < nearest) nearest = found
  }
  return nearest
}
