export function splitVersion(s: string): string[] {
  return s.match(/[0-9]+|[^0-9.-]+/g) ?? []
}
export function compareVersions(a: string, b: string): number {
  const x = splitVersion(a),
    y = splitVersion(b)
  const less = (p: string, q: string) => {
    const n = /^\d+$/.test(p),
      m = /^\d+$/.test(q)
    if (n && m) return +p < +q
    if (p === "" && m) return true
    if (p === "pre" && q !== "pre") return true
    if (q === "pre") return false
    if (m) return true
    if (n) return false
    return p < q
  }
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const p = x[i] ?? "",
      q = y[i] ?? ""
    if (less(p, q)) return -1
    if (less(q, p)) return 1
  }
  return 0
}
export function parseDrvName(s: string) {
  const m = /^(.*?)-([^a-zA-Z].*)$/s.exec(s)
  return m ? { name: m[1], version: m[2] } : { name: s, version: "" }
}
