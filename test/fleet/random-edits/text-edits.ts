// What a person, or a slip of a hand, may do to a text of Nix.

import type { Random } from "../../differential/random.js"

type Edit = (random: Random, text: string) => string

const lines: readonly ((lines: string[], at: number, other: number) => void)[] = [
  (lines, at) => lines.splice(at, 1),
  (lines, at) => lines.splice(at, 0, lines[at]),
  (lines, at, other) => {
    ;[lines[at], lines[other]] = [lines[other], lines[at]]
  },
]

const additions = [
  "services.foo.enable = true;",
  'networking.hostName = "x";',
  "imports = [ ./none.nix ];",
  "environment.systemPackages = [ ];",
  'system.stateVersion = throw "no";',
]

const edits: readonly Edit[] = [
  ...lines.map(change => (random: Random, text: string) => {
    const all = text.split("\n")
    change(all, random.below(all.length), random.below(all.length))
    return all.join("\n")
  }),
  (random, text) => at(random, text, position => text.slice(0, position) + text.slice(position + 1)),
  (random, text) => at(random, text, position => insert(text, position, random.pick([...'{};"(]é#']))),
  replacing(/\b\d+\b/g, (random, found) => String(Number(found) + 1 + random.below(9))),
  replacing(/\b(?:true|false)\b/g, (_random, found) => (found === "true" ? "false" : "true")),
  replacing(/"[a-z][^"\n$]*"/g, (_random, found) => `${found.slice(0, -1)}x"`),
  replacing(/\b[a-z][A-Za-z]+\b/g, (_random, found) => `${found}x`),
  replacing(/mkForce|mkDefault/g, (_random, found) => (found === "mkForce" ? "mkDefault" : "mkForce")),
  replacing(/;/g, random => `;\n${random.pick(additions)}`),
]

/** The text after one edit; the same text where the edit finds nothing to change. */
export function edited(random: Random, text: string): string {
  return random.pick(edits)(random, text)
}

/** An edit of one of the places that look so. */
function replacing(pattern: RegExp, change: (random: Random, found: string) => string): Edit {
  return (random, text) => {
    const places = [...text.matchAll(pattern)]
    if (places.length === 0) return text
    const { index, 0: found } = random.pick(places)
    return text.slice(0, index) + change(random, found) + text.slice(index + found.length)
  }
}

function at(random: Random, text: string, change: (position: number) => string): string {
  return change(random.below(text.length + 1))
}

function insert(text: string, position: number, more: string): string {
  return text.slice(0, position) + more + text.slice(position)
}
