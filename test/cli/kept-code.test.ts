// Code that is kept between runs: it is used, it never stands for a file that changed, and it can be lost or damaged.

import assert from "node:assert/strict"
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { temporaryFolder } from "../harness/temporary-folder.js"
import { canopy } from "./canopy.js"

const attr = "nixosConfigurations.electrum.config.networking.hostName"

describe("kept code", function () {
  this.timeout(120_000)
  let folder: string
  let cache: string

  before(async () => {
    folder = temporaryFolder("kept")
    cache = join(folder, "cache")
    cpSync("examples", join(folder, "examples"), { recursive: true })
    writeFileSync(join(folder, "large.nix"), `[ ${'"text" '.repeat(50_000)}]`)
    // A file that changed a moment ago may change again unseen, so its code is not kept.
    await setTimeout(2100)
  })

  /** The value of the attribute, and how many files had to be parsed for it. */
  function evaluate(): { value: string; parsed: number } {
    const { stdout, stderr, status } = canopy(["eval", `./examples/fleet#${attr}`, "--stats"], {
      folder,
      env: { CANOPY_CACHE: cache },
    })
    assert.equal(status, 0, stderr)
    return { value: stdout.trim(), parsed: Number(/^files parsed +(\d+)/m.exec(stderr)?.[1]) }
  }

  it("spares the next run the parsing of all files but the flake's own", () => {
    const first = evaluate()
    const second = evaluate()
    assert.deepEqual([first.value, second.value], ['"electrum"', '"electrum"'])
    assert.ok(first.parsed > 100, `${first.parsed} files parsed at first`)
    assert.ok(second.parsed <= 2, `${second.parsed} files parsed again`)
  })

  it("leaves the order in which names are met to the program that runs", () => {
    const missing = (expression: string) =>
      canopy(["eval", "--expr", expression], { folder, env: { CANOPY_CACHE: cache } }).stderr
    evaluate()
    assert.match(missing("({ pkgs, config }: 1) { }"), /without required argument 'pkgs'/)
    assert.match(missing("({ config, pkgs }: 1) { }"), /without required argument 'config'/)
  })

  it("is kept on when a run that needs none of it leaves more", () => {
    const parsed = () => {
      const { stderr } = canopy(["eval", "--file", "large.nix", "--stats", "--apply", "builtins.length"], {
        folder,
        env: { CANOPY_CACHE: cache },
      })
      return Number(/^files parsed +(\d+)/m.exec(stderr)?.[1])
    }
    assert.deepEqual([parsed(), parsed()], [2, 1])
    assert.ok(evaluate().parsed <= 2)
  })

  it("is not used for a file that has another text now", () => {
    const file = join(folder, "examples/fleet/modules/machines/nixos/electrum/default.nix")
    writeFileSync(file, readFileSync(file, "utf8").replace('hostName = "electrum"', 'hostName = "neutron"'))
    assert.equal(evaluate().value, '"neutron"')
  })

  it("may be damaged, cut off or of another build", () => {
    const image = join(
      cache,
      "code",
      readdirSync(join(cache, "code")).find(name => name.endsWith(".image")) as string,
    )
    for (const damage of [() => truncateSync(image, 100_000), () => writeFileSync(image, "{}\n")]) {
      damage()
      assert.equal(evaluate().value, '"neutron"')
    }
  })
})
