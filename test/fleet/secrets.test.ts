// Contents of secrets never enter memory, logs or the protocol; only names, paths and recipients do (invariant 8).
//
// What that means: Canopy holds no key and starts no program that decrypts, so what lies encrypted in the repository stays
// encrypted. Even of that nothing is kept: a store path is made of a hash of all files of a source, so their bytes pass
// through a hash function, are no text at any time, and are gone afterwards. What git was not told of is not read at all.
//
// test/cli/secrets.test.ts says the same of the whole program, by what it asks of Node.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { planDeploy } from "../../server/src/deploy/index.js"
import { type Files, openFleet } from "../../server/src/fleet/index.js"
import { Disk } from "../../server/src/machine/disk.js"
import { exampleRoot } from "../harness/example-fleet.js"
import { fleetRoot, plainFleet } from "../harness/fleet-fixture.js"
import { MemoryFiles } from "../harness/memory-files.js"
import { RecordingFiles } from "../harness/recording-files.js"
import { temporaryFolder } from "../harness/temporary-folder.js"

/** Asks a fleet everything that can be asked, with the values of some options; the answers are what the protocol carries. */
function askEverything(root: string, files: Files, options: readonly string[]): string {
  const session = openFleet({ root, offline: true, overrideInputs: {} }, files)
  const fleet = session.answer({ kind: "load" })
  const hosts = fleet.hosts.map(({ name }) => name)
  assert.ok(hosts.length > 0)
  return JSON.stringify([
    fleet,
    options.map(path => session.answer({ kind: "option", path })),
    session.answer({ kind: "check" }),
    session.answer({ kind: "packages" }),
    planDeploy(session.deployFacts(hosts), hosts),
  ])
}

/** Holds a recording to invariant 8, for these secret files and what was answered about them. */
async function holdsNothing(
  files: RecordingFiles,
  secrets: readonly string[],
  answers: string,
): Promise<void> {
  const isSecret = (path: string) => secrets.includes(path)
  assert.deepEqual([...files.texts].filter(isSecret), [], "read as text, which is remembered")
  assert.deepEqual((await files.stillHeld()).filter(isSecret), [], "still held after they were hashed")
  for (const path of secrets)
    for (const part of partsOf(readFileSync(path, "utf8")))
      assert.ok(!answers.includes(part), `the answers hold '${part}' of ${path}`)
}

/** Pieces of a text that are so long that they are nowhere by chance. */
function partsOf(text: string): string[] {
  return text.match(/[A-Za-z0-9+/=_-]{20,}/g)?.filter(part => !part.startsWith("age1")) ?? []
}

/** Encrypted files as clan and sops keep them. */
function encryptedFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name === "secret")
    .map(entry => join(entry.parentPath, entry.name))
}

describe("secrets", function () {
  this.timeout(120_000)
  let folder: string

  beforeEach(() => {
    folder = temporaryFolder("secrets")
  })

  it("of the example are hashed and nothing else, whatever is asked", async () => {
    const files = new RecordingFiles(new Disk())
    const secrets = encryptedFiles(exampleRoot)
    assert.ok(secrets.length > 10)
    const answers = askEverything(exampleRoot, files, [
      "clan.core.vars.generators",
      "users.users.root.hashedPassword",
      "services.openssh.settings.PermitRootLogin",
    ])
    await holdsNothing(files, secrets, answers)
    // The recording does see what is read: modules as text, and what a hash needs as bytes.
    assert.ok(files.texts.has(join(exampleRoot, "flake.nix")))
    assert.deepEqual([...files.bytes].filter(path => secrets.includes(path)).sort(), [...secrets].sort())
  })

  it("that a module names, copies to the store or hashes are read by the hash alone", async () => {
    const secret = `ENC[AES256_GCM,data:${"3q2+7w".repeat(8)},type:str]`
    const memory = new MemoryFiles(fleetRoot)
    const around = plainFleet(`
#- /hosts/alpha.nix
{
  name = "alpha";
  tags = [
    (toString ../secrets/a.yaml)
    "\${../secrets/a.yaml}"
    (builtins.path { name = "alpha.yaml"; path = ../secrets/a.yaml; })
    (builtins.path { path = ../secrets/a.yaml; recursive = false; })
    (builtins.hashFile "sha256" ../secrets/a.yaml)
    (builtins.toString (builtins.pathExists ../secrets/a.yaml))
    (builtins.concatStringsSep " " (builtins.attrNames (builtins.readDir ../secrets)))
  ];
}
`)
    for (const path of [
      "/flake.nix",
      "/options.nix",
      "/modules/base.nix",
      "/hosts/alpha.nix",
      "/hosts/beta.nix",
      "/hosts/gamma.nix",
    ])
      memory.write(fleetRoot + path, around.files.readFile(fleetRoot + path))
    const path = `${fleetRoot}/secrets/a.yaml`
    memory.write(path, secret)
    const files = new RecordingFiles(memory)
    const answers = askEverything(fleetRoot, files, ["tags"])
    assert.match(answers, /-alpha\.yaml/)
    assert.deepEqual(
      [...files.texts].filter(file => file === path),
      [],
    )
    assert.deepEqual(
      (await files.stillHeld()).filter(file => file === path),
      [],
    )
    assert.ok(files.bytes.has(path))
    assert.ok(!answers.includes("3q2+7w3q2+7w"))
  })

  it("that git was not told of are not read at all, Nix files among them", () => {
    cpSync(join(exampleRoot, "../inputs/nixpkgs/lib"), join(folder, "lib"), { recursive: true })
    writeFileSync(
      join(folder, "flake.nix"),
      `{
  outputs = { self }: {
    nixosConfigurations.alpha = (import ./lib).evalModules {
      class = "nixos";
      modules = [ { options.name = (import ./lib).mkOption { }; config.name = "\${self}"; } ];
    };
  };
}
`,
    )
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" })
    git("init", "-q")
    git("add", "flake.nix", "lib")
    const untracked = ["keys.txt", ".env", "token.nix"].map(name => join(folder, name))
    for (const path of untracked) writeFileSync(path, "AGE-SECRET-KEY-1EXAMPLEEXAMPLEEXAMPLE\n")
    const files = new RecordingFiles(new Disk())
    const answers = askEverything(folder, files, ["name"])
    assert.match(answers, /-source/)
    assert.deepEqual(
      [...files.texts, ...files.bytes].filter(path => untracked.includes(path)),
      [],
    )
    assert.ok(!answers.includes("AGE-SECRET-KEY"))
  })
})
