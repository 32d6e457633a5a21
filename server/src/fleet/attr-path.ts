// Attrpaths, as text and as lists of names: those of options, and the labels of modules.

/** Splits an attrpath as Nix prints it. Quoted names may contain dots; between two dots is an empty name. */
export function splitAttrPath(text: string): string[] {
  const names: string[] = []
  if (text === "") return names
  for (const [, quoted, bare] of `.${text}`.matchAll(/\.(?:"((?:[^"\\]|\\.)*)"|([^."]*))/g))
    names.push(quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1"))
  return names
}

/** Joins names to an attrpath, quoting those that need it. */
export function joinAttrPath(names: readonly string[]): string {
  return names.map(name => (/^[A-Za-z_][\w'-]*$/.test(name) ? name : JSON.stringify(name))).join(".")
}

/** Whether a path begins with the names of another. */
export function beginsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((name, i) => path[i] === name)
}

/** Whether two paths are the same. */
export function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}
