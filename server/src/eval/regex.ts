export class RegexError extends Error {}
const cache = new Map<string, PosixRegex>()
export class PosixRegex {
  private full: RegExp; private any: RegExp
  constructor(src: string) {
    const s = src.replace(/\[\[:space:\]\]/g, "[ \\t\\n\\r\\f\\v]").replace(/\[:alnum:\]/g,"A-Za-z0-9").replace(/\[:space:\]/g," \\t\\n\\r\\f\\v").replace(/\[:digit:\]/g,"0-9").replace(/\[:alpha:\]/g,"A-Za-z").replace(/\[:upper:\]/g,"A-Z").replace(/\[:lower:\]/g,"a-z").replace(/\[\]/g,"[\\]").replace(/\[\^\]/g,"[^\\]")
    this.full = new RegExp(`^(?:${s})$`, "s"); this.any = new RegExp(s, "gs")
  }
  matchAll(text: string) { const m = this.full.exec(text); return m === null ? null : m.slice(1) }
  *findAll(text: string) { for (const m of text.matchAll(this.any)) yield { start: m.index, end: m.index + m[0].length, groups: m.slice(1) } }
}
export function compilePosixRegex(s: string): PosixRegex { let r = cache.get(s); if (!r) cache.set(s, r = new PosixRegex(s)); return r }
