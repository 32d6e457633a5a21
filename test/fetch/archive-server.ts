// A real HTTP server on loopback that serves archives as the network does: well, in part, slowly, changed, moved, not at all.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

export class ArchiveServer {
  /** Every request, as `PATH range=.. authorization=..`. */
  readonly log: string[] = []
  private readonly behaviours = new Map<string, Behaviour>()
  private readonly server: Server

  constructor() {
    this.server = createServer((request, response) => {
      const { range, authorization } = request.headers
      const seen = Object.entries({ range, authorization }).filter(([, value]) => value !== undefined)
      this.log.push([request.url, ...seen.map(([name, value]) => `${name}=${value}`)].join(" "))
      const behave = this.behaviours.get(request.url ?? "") ?? status(404)
      behave(request, response)
    })
  }

  async start(): Promise<void> {
    await new Promise<void>(done => this.server.listen(0, "127.0.0.1", done))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise(done => this.server.close(done))
  }

  /** The URL of a path that behaves so. */
  at(path: string, behave: Behaviour): string {
    this.behaviours.set(path, behave)
    return `${this.base}${path}`
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }
}

export function status(code: number, headers: Record<string, string> = {}): Behaviour {
  return (_, response) => response.writeHead(code, headers).end()
}

export function whole(bytes: Buffer, headers: Record<string, string> = {}): Behaviour {
  return (_, response) => response.writeHead(200, { "content-length": bytes.length, ...headers }).end(bytes)
}

/** Breaks off after `pieces` bytes each time; with an etag, whoever comes back for the rest gets it. */
export function breakingOff(bytes: Buffer, piece: number, etag: string | undefined): Behaviour {
  return (request, response) => {
    const asked =
      etag !== undefined && request.headers["if-range"] === etag ? request.headers.range : undefined
    const start = Number(/^bytes=(\d+)-$/.exec(asked ?? "")?.[1] ?? 0)
    const end = Math.min(bytes.length, start + piece)
    response.writeHead(start === 0 ? 200 : 206, {
      "content-length": bytes.length - start,
      ...(etag === undefined ? {} : { etag }),
      ...(start === 0 ? {} : { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    })
    response.write(bytes.subarray(start, end), () =>
      end === bytes.length ? response.end() : response.destroy(),
    )
  }
}

/** Sends some bytes and then none any more. */
export function stalling(bytes: Buffer, sent: number): Behaviour {
  return (_, response) => {
    response.writeHead(200, { "content-length": bytes.length })
    response.write(bytes.subarray(0, sent))
  }
}

/** A few bytes at a time, for as long as it takes. */
export function trickling(bytes: Buffer, ms: number): Behaviour {
  return (_, response) => {
    response.writeHead(200, { "content-length": bytes.length })
    const step = Math.ceil(bytes.length / 10)
    let at = 0
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + step))
      at += step
      if (at < bytes.length) return
      clearInterval(timer)
      response.end()
    }, ms / 10)
  }
}
