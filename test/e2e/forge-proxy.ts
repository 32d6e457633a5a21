// A proxy on loopback behind which is a forge: every connection that it is asked for ends at one server, which has a certificate for
// github.com. Nothing leaves this machine.

import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { createServer as createProxy, type IncomingMessage } from "node:http"
import { createServer as createForge, type ServerOptions } from "node:https"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { Duplex } from "node:stream"
import { temporaryFolder } from "../harness/temporary-folder.js"

export class ForgeProxy {
  /** Every request that came to the forge: `HOST PATH`, and behind it what the `authorization` header says. */
  readonly log: string[] = []
  /** The file with the certificate, for NODE_EXTRA_CA_CERTS. */
  readonly certificate: string
  private readonly archives = new Map<string, Buffer>()
  private readonly forge
  private readonly proxy

  constructor() {
    const folder = temporaryFolder("forge")
    this.certificate = join(folder, "certificate.pem")
    this.forge = createForge(certified(folder, this.certificate), (request, response) => {
      const { host, authorization } = request.headers
      this.log.push([host, request.url, authorization].filter(word => word !== undefined).join(" "))
      const archive = this.archives.get(`${host} ${request.url} ${authorization}`)
      if (archive === undefined) response.writeHead(404).end()
      else response.writeHead(200, { "content-length": archive.length }).end(archive)
    })
    this.proxy = createProxy((_, response) => response.writeHead(502).end())
    this.proxy.on("connect", (request: IncomingMessage, client: Duplex) => {
      client.on("error", () => client.destroy())
      if (!/^(api\.)?github\.com:443$/.test(request.url ?? ""))
        return client.end("HTTP/1.1 502 Elsewhere\r\n\r\n")
      client.write("HTTP/1.1 200 Connected\r\n\r\n")
      this.forge.emit("connection", client)
    })
  }

  /** Has an archive for whoever shows a token. */
  give(host: string, path: string, authorization: string, archive: Buffer): void {
    this.archives.set(`${host} ${path} ${authorization}`, archive)
  }

  async start(): Promise<void> {
    await new Promise<void>(done => this.proxy.listen(0, "127.0.0.1", done))
  }

  async stop(): Promise<void> {
    this.proxy.closeAllConnections()
    await new Promise(done => this.proxy.close(done))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`
  }
}

/** Makes a key and a certificate for GitHub's names that is its own authority. */
function certified(folder: string, certificate: string): ServerOptions {
  const key = join(folder, "key.pem")
  const names = "subjectAltName=DNS:github.com,DNS:api.github.com"
  execFileSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"],
    ...["-keyout", key, "-out", certificate, "-subj", "/CN=github.com", "-addext", names],
  ])
  return { key: readFileSync(key), cert: readFileSync(certificate) }
}
