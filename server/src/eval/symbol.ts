// Attribute and variable names as small integers, so that comparing two names is comparing two numbers.
//
// The table is one for the process and only grows: symbols are pure names, the same for every evaluation, and code and
// shapes that outlive an evaluation hold them.

export type Sym = number

const numbers = new Map<string, Sym>()
const names: string[] = []

/** The symbol of a name, made on first use. `name` is a byte string. */
export function intern(name: string): Sym {
  let symbol = numbers.get(name)
  if (symbol === undefined) {
    symbol = names.length
    names.push(name)
    numbers.set(name, symbol)
  }
  return symbol
}

/** Every name so far, by symbol. */
export function allNames(): readonly string[] {
  return names
}

/** The symbol of a name that somebody interned before; asking with a name from outside must not grow the table. */
export function known(name: string): Sym | undefined {
  return numbers.get(name)
}

export function nameOf(symbol: Sym): string {
  return names[symbol]
}
