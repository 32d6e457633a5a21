// Which proxy a URL goes through, by the variables that everybody sets: http_proxy, https_proxy, all_proxy and no_proxy, in
// small or capital letters.

import { Agent, type Dispatcher, ProxyAgent } from "undici"

/** The URL of the proxy for `url`, or undefined if it is reached directly. */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const variable = (name: string) => environment[name] || environment[name.toUpperCase()]
  if (isExcepted(url, variable("no_proxy") ?? "")) return undefined
  return variable(`${url.protocol.slice(0, -1)}_proxy`) ?? variable("all_proxy")
}

/** `no_proxy` lists hosts, with all below them, and `*` for every host; a port limits an entry to it. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const ownPort = port || (protocol === "https:" ? "443" : "80")
  return list.split(/[\s,]+/).some(entry => {
    const [host, wantedPort] = entry.toLowerCase().split(/:(?=\d+$)/)
    if (host === "" || (wantedPort !== undefined && wantedPort !== ownPort)) return false
    const name = host.replace(/^\*?\./, "")
    return host === "*" || hostname === name || hostname.endsWith(`.${name}`)
  })
}

/** Connections, direct ones and through proxies; `destroy` ends them all. */
export class Connections {
  private readonly agents = new Map<string, Dispatcher>()

  constructor(private readonly idleMs: number) {}

  for(url: URL): Dispatcher {
    const proxy = proxyFor(url) ?? ""
    let agent = this.agents.get(proxy)
    if (agent === undefined) {
      const timeouts = {
        headersTimeout: this.idleMs,
        bodyTimeout: this.idleMs,
        connect: { timeout: this.idleMs },
      }
      agent = proxy === "" ? new Agent(timeouts) : new ProxyAgent({ uri: proxy, ...timeouts })
      this.agents.set(proxy, agent)
    }
    return agent
  }

  async destroy(): Promise<void> {
    await Promise.all(Array.from(this.agents.values(), agent => agent.destroy()))
  }
}
