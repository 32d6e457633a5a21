// Fetching from a real server: what arrives, what is refused, what is tried again, and that nothing half done stays behind.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { download } from "../../server/src/fetch/download.js"
import { defaultFetchSettings, type FetchSettings } from "../../server/src/fetch/fetch-settings.js"
import { SourceFetcher } from "../../server/src/fetch/fetch-source.js"
import type { SourceRequest, SuppliedSource } from "../../server/src/fleet/index.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { honest, tarball } from "./archive.js"
import { ArchiveServer, breakingOff, stalling, status, trickling, whole } from "./archive-server.js"

/** Of the tree in `honest`, as `nix hash path` says it. */
const narHash = "sha256-kwHhGW0B1l5xcnWch09Y+fBiiTnDmkDJYR2XAZN97Ak="

describe("fetching", () => {
  const server = new ArchiveServer()
  let folder: string
  let archive: Buffer
  before(async () => {
    await server.start()
    archive = await tarball(honest)
  })
  after(() => server.stop())
  beforeEach(() => {
    folder = temporaryFolder("fetch")
    server.log.splice(0)
  })

  const settings = (more: Partial<FetchSettings>): FetchSettings => ({
    ...defaultFetchSettings(),
    cacheFolder: join(folder, "cache"),
    idleMs: 300,
    retries: 2,
    retryDelayMs: 10,
    ...more,
  })
  const fetch = (
    url: string,
    more: Partial<SourceRequest> = {},
    changed: Partial<FetchSettings> = {},
    signal = new AbortController().signal,
  ): Promise<SuppliedSource> => {
    const wanted: SourceRequest = { ref: { type: "tarball", url }, name: "source", method: "nar", ...more }
    return new SourceFetcher(settings(changed)).fetch(wanted, signal, () => {})
  }
  /** Nothing but what is finished may be in the cache. */
  const assertClean = () => {
    const unfinished = join(folder, "cache/unfinished")
    assert.deepEqual(existsSync(unfinished) ? readdirSync(unfinished) : [], [])
  }
  const refused = async (work: Promise<unknown>, message: RegExp) => {
    await assert.rejects(work, message)
    assertClean()
    const sources = join(folder, "cache/sources")
    assert.deepEqual(existsSync(sources) ? readdirSync(sources) : [], [])
  }

  it("unpacks an archive under the name that the Nix store has for it", async () => {
    const { root, hash, ref } = await fetch(server.at("/good.tar.gz", whole(archive)))
    assert.equal(hash, narHash)
    assert.equal(ref.narHash, narHash)
    assert.equal(ref.lastModified, 1_700_000_000)
    assert.match(root, /\/sources\/[0-9a-z]{32}-source$/)
    assert.equal(readFileSync(join(root, "lib/default.nix"), "utf8"), "1")
    assert.equal(readlinkSync(join(root, "link")), "lib/default.nix")
    assert.equal(statSync(join(root, "run")).mode & 0o111, 0o111)
    assert.deepEqual(readdirSync(join(root, "empty")), [])
    assertClean()
  })

  it("asks the network once for what is locked", async () => {
    const url = server.at("/once.tar.gz", whole(archive))
    const locked = { ref: { type: "tarball", url, narHash }, hash: narHash }
    assert.equal((await fetch(url, locked)).root, (await fetch(url, locked)).root)
    assert.deepEqual(server.log, ["/once.tar.gz"])
  })

  it("refuses what is not what was locked, in Nix's words", async () => {
    const tampered = await tarball([...honest, ["repo-1/more", "x"]])
    const url = server.at("/tampered.tar.gz", whole(tampered))
    await refused(
      fetch(url, { ref: { type: "tarball", url, narHash }, hash: narHash }),
      /^FetchError: NAR hash mismatch in input '.*tampered.tar.gz.*', expected 'sha256-kw.*' but got 'sha256-.*'$/,
    )
  })

  it("goes on where a download broke off", async () => {
    const url = server.at("/broken.tar.gz", breakingOff(archive, Math.ceil(archive.length / 3), '"v1"'))
    assert.equal((await fetch(url, {}, { retries: 4 })).hash, narHash)
    const third = Math.ceil(archive.length / 3)
    assert.deepEqual(server.log, [
      "/broken.tar.gz",
      `/broken.tar.gz range=bytes=${third}-`,
      `/broken.tar.gz range=bytes=${2 * third}-`,
    ])
  })

  it("goes on where an earlier program broke off", async () => {
    const half = Math.ceil(archive.length / 2)
    const url = server.at("/later.tar.gz", breakingOff(archive, half, '"v1"'))
    await assert.rejects(fetch(url, {}, { retries: 0 }), /broke off/)
    assertClean()
    assert.equal((await fetch(url, {}, { retries: 0 })).hash, narHash)
    assert.deepEqual(server.log, ["/later.tar.gz", `/later.tar.gz range=bytes=${half}-`])
  })

  it("starts over when the server cannot go on, and gives up in the end", async () => {
    const url = server.at("/cut.tar.gz", breakingOff(archive, 100, undefined))
    await refused(fetch(url), /^FetchError: '.*cut.tar.gz' cannot be fetched: .*broke off/)
    assert.deepEqual(server.log, ["/cut.tar.gz", "/cut.tar.gz", "/cut.tar.gz"])
  })

  it("refuses an archive that ends too early although the server says it is whole", async () => {
    const url = server.at("/short.tar.gz", whole(archive.subarray(0, archive.length - 40)))
    await refused(fetch(url), /the archive is broken: /)
  })

  it("is patient with what is slow, and not with what has stopped", async () => {
    assert.equal((await fetch(server.at("/slow.tar.gz", trickling(archive, 1000)))).hash, narHash)
    await refused(
      (async () => {
        rmSync(join(folder, "cache"), { recursive: true })
        await fetch(server.at("/dead.tar.gz", stalling(archive, 50)), {}, { retries: 1 })
      })(),
      /the download stalled/,
    )
  })

  it("follows redirects, and takes the address that the server says is for ever", async () => {
    const immutable = `${server.base}/kept.tar.gz`
    server.at("/new.tar.gz", whole(archive, { link: `<${immutable}?rev=1>; rel="immutable"` }))
    const url = server.at("/old.tar.gz", status(302, { location: "/new.tar.gz" }))
    const { hash, ref } = await fetch(url)
    assert.equal(hash, narHash)
    assert.equal(ref.url, immutable)
    assert.equal(ref.rev, "1")
  })

  it("refuses an address for ever that is none of an archive", async () => {
    for (const link of ["ftp://x/y.tar.gz", "github:a/b"]) {
      const url = server.at("/odd.tar.gz", whole(archive, { link: `<${link}>; rel="immutable"` }))
      await refused(fetch(url), /its server says that it is always at '.*', which is no archive/)
    }
  })

  it("says once that the disk is full, and asks the server no more", async () => {
    const url = server.at("/full.tar.gz", whole(archive))
    const request = { url, headers: {}, file: "/dev/full", signal: new AbortController().signal }
    const told = { onBytes: () => {}, onValidator: () => {} }
    // Where there is no such device, its folder may not be written.
    await assert.rejects(download({ ...request, ...told }, { ...defaultFetchSettings(), retryDelayMs: 0 }), {
      name: "FetchError",
      message: /the disk is full|may not be written/,
    })
    assert.deepEqual(server.log, ["/full.tar.gz"])
  })

  it("ends a circle of redirects, and follows none out of HTTP", async () => {
    await refused(fetch(server.at("/a", status(302, { location: "/a" }))), /redirects too many times/)
    await refused(fetch(server.at("/b", status(302, { location: "file:///etc/passwd" }))), /not HTTP/)
  })

  it("says what is missing, and asks again only where that can help", async () => {
    await refused(fetch(`${server.base}/none.tar.gz`), /HTTP 404: it does not exist, or needs a login/)
    assert.equal(server.log.length, 1)
    await refused(fetch(server.at("/sick", status(503))), /HTTP 503/)
    assert.equal(server.log.length, 4)
    await refused(fetch("http://127.0.0.1:9/x", {}, { retries: 0 }), /its host refuses connections/)
  })

  it("does not wait for a host name to get an address", async () => {
    const forEver = { retries: 1, retryDelayMs: 2 ** 30 }
    await refused(fetch("http://canopy.invalid/x", {}, forEver), /its host (is unknown|cannot be looked up)/)
  })

  it("refuses what is larger than it may be, told or not", async () => {
    const url = server.at("/huge.tar.gz", whole(archive))
    await refused(fetch(url, {}, { downloadLimit: 10 }), /is larger than/)
    await refused(fetch(url, {}, { unpackLimit: 10 }), /contains more than/)
  })

  it("stops when it is cancelled, and leaves nothing", async () => {
    const controller = new AbortController()
    const url = server.at("/endless.tar.gz", stalling(archive, 50))
    setTimeout(() => controller.abort(), 50)
    await refused(fetch(url, {}, { idleMs: 10_000 }, controller.signal), /abort/i)
  })

  it("fetches one file, hashed by its bytes", async () => {
    const url = server.at("/file.txt", whole(Buffer.from("hello\n")))
    const wanted = { ref: { type: "file", url }, name: "file.txt", method: "flat" as const }
    const { root, hash } = await fetch(url, wanted)
    assert.equal(hash, "sha256-WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=")
    assert.equal(readFileSync(root, "utf8"), "hello\n")
    assert.match(root, /z1rahp9fy11h8yvihxhgj8vr2pb6db1a-file\.txt$/)
  })

  it("counts the commits of a repository also after a part of its history was fetched", async () => {
    const repository = join(folder, "repository")
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@b", ...args])
    execFileSync("git", ["init", "-q", repository])
    for (const text of ["1", "2"]) git("commit", "--allow-empty", "-qm", text)
    const ref = { type: "git", url: `file://${repository}` }
    assert.equal((await fetch("", { ref: { ...ref, shallow: true } })).ref.revCount, undefined)
    assert.equal((await fetch("", { ref })).ref.revCount, 2)
  })

  it("lets two programs fetch the same at once", async () => {
    const url = server.at("/both.tar.gz", trickling(archive, 200))
    const [a, b] = await Promise.all([fetch(url), fetch(url)])
    assert.equal(a.root, b.root)
    assertClean()
  })

  it("goes through the proxy of the environment, but not to hosts that are excepted", async () => {
    const proxied: string[] = []
    const proxy = createServer((request, response) => {
      proxied.push(request.url ?? "", String(request.headers["proxy-authorization"]))
      response.end(archive)
    })
    await new Promise<void>(done => proxy.listen(0, "127.0.0.1", done))
    const before = { ...process.env }
    try {
      process.env.http_proxy = `http://me:s%40@127.0.0.1:${(proxy.address() as AddressInfo).port}`
      process.env.no_proxy = ""
      const url = "http://far.invalid/proxied.tar.gz"
      assert.equal((await fetch(url)).hash, narHash)
      assert.deepEqual(proxied, [url, `Basic ${Buffer.from("me:s@").toString("base64")}`])
      process.env.no_proxy = "127.0.0.1"
      assert.equal((await fetch(server.at("/direct.tar.gz", whole(archive)))).hash, narHash)
      assert.equal(proxied.length, 2)
      process.env.http_proxy = "socks5://127.0.0.1:1"
      await assert.rejects(fetch("http://far.invalid/other.tar.gz"), /the proxy is one for 'socks5'/)
    } finally {
      process.env = before
      proxy.close()
    }
  })
})
