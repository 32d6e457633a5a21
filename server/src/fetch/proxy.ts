// Which proxy a URL goes through, by the variables that everybody sets: http_proxy, https_proxy, all_proxy and no_proxy, in
// small or capital letters.

import { BlockList, isIP } from "node:net"
import { Agent, type Dispatcher, ProxyAgent } from "undici"
import { FetchError } from "./fetch-error.js"

/** The URL of the proxy for `url`, or undefined if it is reached directly. */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const variable = (name: string) => environment[name] || environment[name.toUpperCase()]
  if (isExcepted(url, variable("no_proxy") ?? "")) return undefined
  const proxy = variable(`${url.protocol.slice(0, -1)}_proxy`) ?? variable("all_proxy")
  return proxy === undefined || proxy.includes("://") ? proxy : `http://${proxy}`
}

/** `no_proxy` lists hosts, with all below them, networks (`10.0.0.0/8`), and `*` for every host; a port limits an entry to it. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const ownPort = port || (protocol === "https:" ? "443" : "80")
  return list.split(/[\s,]+/).some(entry => {
    if (entry.includes("/")) return isInNetwork(hostname, entry)
    const [host, wantedPort] = entry.toLowerCase().split(/:(?=\d+$)/)
    if (host === "" || (wantedPort !== undefined && wantedPort !== ownPort)) return false
    const name = host.replace(/^\*?\./, "")
    return host === "*" || hostname === name || hostname.endsWith(`.${name}`)
  })
}

/** Whether a host is an address in a network such as `10.0.0.0/8` or `fd00::/8`. */
function isInNetwork(hostname: string, network: string): boolean {
  const [host, [base, bits]] = [hostname.replace(/^\[|\]$/g, ""), network.split("/")]
  const family = isIP(base)
  const length = Number(bits)
  if (family === 0 || isIP(host) !== family || !(length >= 0 && length <= (family === 4 ? 32 : 128)))
    return false
  const [type, block] = [family === 4 ? "ipv4" : "ipv6", new BlockList()] as const
  block.addSubnet(base, length, type)
  return block.check(host, type)
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
      agent = proxy === "" ? new Agent(timeouts) : through(proxy, timeouts)
      this.agents.set(proxy, agent)
    }
    return agent
  }

  async destroy(): Promise<void> {
    await Promise.all(Array.from(this.agents.values(), agent => agent.destroy()))
  }
}

/** Many proxies give tunnels to HTTPS alone, so plain HTTP goes through them as requests. @throws FetchError */
function through(proxy: string, timeouts: Agent.Options): Dispatcher {
  const scheme = proxy.replace(/:.*/s, "")
  if (!/^https?$/.test(scheme))
    throw new FetchError(`the proxy is one for '${scheme}', and Canopy can use only those for HTTP`)
  return new ProxyAgent({ uri: proxy, proxyTunnel: false, ...timeouts })
}
