// Logins from a netrc file: how it is read, and to whom they are sent.

import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { download } from "../../server/src/fetch/download.js"
import { defaultFetchSettings } from "../../server/src/fetch/fetch-settings.js"
import { loginHeader, parseNetrc, readLogins } from "../../server/src/fetch/netrc.js"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { ArchiveServer, status, whole } from "./archive-server.js"

const text = `
# mine
machine forge.example login me password s#cret
machine other.example
  login "a b" password "c\\"d"
macdef init
machine fake.example login x password y

default login anonymous password none
`

describe("netrc", () => {
  it("is read in any arrangement of lines, without comments and macros", () =>
    assert.deepEqual(parseNetrc(text), [
      { machine: "forge.example", login: "me", password: "s#cret" },
      { machine: "other.example", login: "a b", password: 'c"d' },
      { machine: undefined, login: "anonymous", password: "none" },
    ]))

  it("has a login for a host, or for all others", () => {
    const header = (host: string) =>
      loginHeader(new URL(`https://${host}/`), parseNetrc(text)).authorization?.slice("Basic ".length)
    assert.equal(Buffer.from(header("Forge.example") ?? "", "base64").toString(), "me:s#cret")
    assert.equal(Buffer.from(header("fake.example") ?? "", "base64").toString(), "anonymous:none")
    assert.deepEqual(loginHeader(new URL("https://x/"), []), {})
  })

  it("comes after what a URL says itself", () => {
    const { authorization } = loginHeader(new URL("https://me:s%3Acret@forge.example/"), parseNetrc(text))
    assert.equal(authorization, `Basic ${Buffer.from("me:s:cret").toString("base64")}`)
  })

  it("is where nix.conf says", () => {
    const folder = temporaryFolder("netrc")
    writeFileSync(join(folder, "logins"), "machine a login b password c")
    const machines = (file: string) =>
      readLogins(new Map([["netrc-file", join(folder, file)]])).map(it => it.machine)
    assert.deepEqual(machines("logins"), ["a"])
    assert.deepEqual(machines("none"), [])
    assert.deepEqual(machines("."), [])
  })

  it("is sent to its host, also after a redirect, unless there is a token", async () => {
    const server = new ArchiveServer()
    await server.start()
    const folder = temporaryFolder("netrc")
    try {
      const file = join(folder, "file")
      server.at("/file", whole(Buffer.from("ok")))
      const url = server.at("/moved", status(302, { location: "/file" }))
      const request = {
        url,
        file,
        signal: new AbortController().signal,
        onBytes: () => {},
        onValidator: () => {},
      }
      const logins = [{ machine: "127.0.0.1", login: "me", password: "secret" }]
      const settings = { ...defaultFetchSettings(), retries: 0, logins }
      await download({ ...request, headers: {} }, settings)
      await download({ ...request, headers: { authorization: "token t" } }, settings)
      await download(
        { ...request, headers: {} },
        { ...settings, logins: [{ ...logins[0], machine: "elsewhere" }] },
      )
      const basic = `Basic ${Buffer.from("me:secret").toString("base64")}`
      assert.deepEqual(server.log, [
        `/moved authorization=${basic}`,
        `/file authorization=${basic}`,
        "/moved authorization=token t",
        "/file authorization=token t",
        "/moved",
        "/file",
      ])
      assert.equal(readFileSync(file, "utf8"), "ok")
    } finally {
      await server.stop()
    }
  })
})
