// The cache: bounded, and safe for whoever else uses it.

import assert from "node:assert/strict"
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { SourceCache } from "../../server/src/fetch/source-cache.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

const DAY = 86_400_000

describe("the cache of sources", () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder("cache")
  })

  const put = (cache: SourceCache, name: string, text = name): string => {
    const workshop = cache.workshop()
    mkdirSync(join(workshop, "tree"))
    writeFileSync(join(workshop, "tree/file"), text)
    const path = cache.keep(join(workshop, "tree"), name, 100)
    cache.discard(workshop)
    return path
  }
  const usedBefore = (name: string, days: number) => {
    const then = (Date.now() - days * DAY) / 1000
    utimesSync(join(folder, "used", name), then, then)
  }

  it("keeps the first of two that arrive under one name", () => {
    const [one, other] = [new SourceCache(folder, 1000), new SourceCache(folder, 1000)]
    assert.equal(put(one, "a"), put(other, "a", "late"))
    assert.equal(one.find("a"), join(folder, "sources/a"))
    assert.deepEqual(readdirSync(join(folder, "unfinished")), [])
  })

  it("lets go of what was not used for longest, once it is full", () => {
    const cache = new SourceCache(folder, 250)
    for (const name of ["a", "b", "c"]) put(cache, name)
    usedBefore("a", 3)
    usedBefore("b", 5)
    cache.trim()
    assert.deepEqual(readdirSync(join(folder, "sources")).sort(), ["a", "c"])
    assert.equal(cache.find("b"), undefined)
  })

  it("never lets go of what was in use today", () => {
    const cache = new SourceCache(folder, 50)
    for (const name of ["a", "b"]) put(cache, name)
    cache.trim()
    assert.deepEqual(readdirSync(join(folder, "sources")).sort(), ["a", "b"])
  })

  it("notes what is used", () => {
    const cache = new SourceCache(folder, 50)
    put(cache, "a")
    usedBefore("a", 9)
    cache.find("a")
    cache.trim()
    assert.equal(existsSync(join(folder, "sources/a")), true)
  })

  it("clears away what a program that died left behind", () => {
    const cache = new SourceCache(folder, 50)
    const left = cache.workshop()
    const fresh = cache.workshop()
    utimesSync(left, 1, 1)
    cache.trim()
    assert.deepEqual([existsSync(left), existsSync(fresh)], [false, true])
  })

  it("remembers for as long as it is asked to", () => {
    const cache = new SourceCache(folder, 50)
    cache.remember("x", "text")
    assert.equal(cache.recall("x", 10_000), "text")
    utimesSync(join(folder, "remembered/x"), 1, 1)
    assert.equal(cache.recall("x", 10_000), undefined)
    assert.equal(cache.recall("x", Number.POSITIVE_INFINITY), "text")
  })
})
