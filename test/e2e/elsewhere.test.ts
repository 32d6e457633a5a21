// What other programs change while VS Code has the fleet open: git checks out another branch and stashes edits, and something
// updates flake.lock. Nothing is asked to refresh: values follow, and no error is left.

import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fleetRows, fleetShows, hover, openAt, openFile, runCommand, showFleet } from "./actions.js"
import { type Editor, openEditor } from "./editor.js"

const examples = join(dirname(dirname(__dirname)), "examples")
const ssh = "modules/system/ssh.nix"
const next = "../inputs/nixpkgs-next"

describe("a fleet that other programs change", () => {
  let editor: Editor

  before(async () => {
    editor = await openEditor({ copyOf: examples, open: "fleet", trusted: true })
    makeNextNixpkgs()
    replace(ssh, "[ 22 ]", "[ 4000 ]")
    commit("main")
  })
  after(() => editor.close())

  it("shows the values of a branch that was checked out, and those of the first one again", async () => {
    const { page } = editor
    await showsHosts(8)
    await opensPort("4000")
    git("checkout", "--quiet", "-b", "other")
    replace(ssh, "4000", "4001")
    // Modules move between branches.
    renameSync(at("modules/system/packages.nix"), at("modules/system/programs.nix"))
    commit("other")
    git("checkout", "--quiet", "-")
    await opensPort("4000")
    git("checkout", "--quiet", "other")
    await opensPort("4001")
    await openAt(page, at("modules/system/programs.nix"), "git")
    await hover(page, text => text.includes("2.52.0"))
    await editor.screenshot("other-branch")
    git("checkout", "--quiet", "-")
    await opensPort("4000")
  })

  it("shows the values from before an edit that git stashes, and those of the edit once it is back", async () => {
    replace(ssh, "4000", "4002")
    await opensPort("4002")
    git("stash", "--quiet")
    await opensPort("4000")
    git("stash", "pop", "--quiet")
    await opensPort("4002")
    git("checkout", "--quiet", ".")
    await opensPort("4000")
  })

  it("takes an input from where flake.lock says now", async () => {
    const version = async (text: string) => {
      await openAt(editor.page, at("modules/system/packages.nix"), "git")
      await hover(editor.page, found => found.includes(text))
    }
    await version("2.52.0")
    const lock = JSON.parse(readFileSync(at("flake.lock"), "utf8"))
    lock.nodes.nixpkgs.locked.path = next
    writeFileSync(at("flake.lock"), JSON.stringify(lock))
    await version("2.53.0")
    git("checkout", "--quiet", "flake.lock")
    await version("2.52.0")
    await showsHosts(8)
  })

  it("has a new file once git tracks it", async () => {
    const { page } = editor
    const warning = page.locator(".editor-group-container.active .squiggly-warning")
    writeFileSync(at("modules/system/late.nix"), "{ }\n")
    await openFile(page, at("modules/system/late.nix"))
    await warning.first().waitFor({ timeout: 30_000 })
    git("add", "modules/system/late.nix")
    await warning.first().waitFor({ state: "detached", timeout: 30_000 })
    git("rm", "--quiet", "--force", "modules/system/late.nix")
  })

  it("follows a file that is no Nix, and a folder that goes and comes back", async () => {
    const [extra, elsewhere] = [at("modules/extra"), at("../extra")]
    mkdirSync(extra)
    writeFileSync(join(extra, "port.json"), "5000")
    writeFileSync(
      join(extra, "default.nix"),
      "{ flake.modules.nixos.base.networking.firewall.allowedTCPPorts = [ (builtins.fromJSON (builtins.readFile ./port.json)) ]; }",
    )
    commit("extra")
    await openFile(editor.page, at(ssh))
    const ports = async (passes: (text: string) => boolean) => {
      await openAt(editor.page, at(ssh), "allowedTCPPorts")
      await hover(editor.page, text => text.includes("4000") && passes(text))
      // What else there is to be watched is known once all is loaded.
      await showsHosts(8)
    }
    await ports(text => text.includes("5000"))
    // VS Code begins to watch a while after it was asked to, so it may not see this.
    writeFileSync(join(extra, "port.json"), "5001")
    await ports(text => text.includes("5001"))
    renameSync(extra, elsewhere)
    await ports(text => !text.includes("5001"))
    renameSync(elsewhere, extra)
    await ports(text => text.includes("5001"))
    git("reset", "--quiet", "--hard", "HEAD~1")
    await ports(text => !text.includes("5001"))
  })

  it("leaves nothing that is stale or wrong", async () => {
    const { page } = editor
    await showFleet(page)
    await fleetShows(page, "cinnabar", "scheelite", "stibnite")
    assert.equal(await fleetRows(page).filter({ hasText: "does not evaluate" }).count(), 0)
    assert.equal(git("status", "--porcelain"), "")
  })

  it("says that it was stopped, and goes on at a click", async () => {
    const { page } = editor
    replace(ssh, "4000", "4003")
    const status = page.locator(".statusbar-item[id^='canopy']")
    // While it evaluates, the palette has the command.
    await status.filter({ has: page.locator(".codicon-sync") }).waitFor({ timeout: 30_000 })
    await runCommand(page, "Canopy: Stop Evaluating")
    await status.filter({ has: page.locator(".codicon-debug-pause") }).waitFor({ timeout: 30_000 })
    await editor.screenshot("interrupted")
    await status.click()
    await status.filter({ has: page.locator(".codicon-server") }).waitFor({ timeout: 30_000 })
  })

  /** A channel that is like the fleet's but for one package. */
  function makeNextNixpkgs(): void {
    cpSync(at("../inputs/nixpkgs"), at(next), { recursive: true })
    replace(`${next}/pkgs/packages.nix`, '"2.52.0"', '"2.53.0"')
  }

  /** Waits until the status bar counts so many hosts, which it does when all is well. */
  async function showsHosts(count: number): Promise<void> {
    const item = editor.page.locator(".statusbar-item").filter({ hasText: `${count} hosts` })
    await item.waitFor({ timeout: 60_000 })
  }

  /** Waits until hosts open this port, and sees that none opens another. */
  async function opensPort(port: string): Promise<void> {
    const { page } = editor
    await openFile(page, at(ssh))
    // Reading the file again moves the cursor.
    await page.locator(".view-line").filter({ hasText: port }).waitFor({ timeout: 30_000 })
    await openAt(page, at(ssh), "allowedTCPPorts")
    const others = ["4000", "4001", "4002"].filter(other => other !== port)
    const { text } = await hover(page, text => text.includes(port))
    assert.deepEqual(
      others.filter(other => text.includes(other)),
      [],
    )
  }

  function commit(message: string): void {
    git("add", "--all")
    git("-c", "user.name=A", "-c", "user.email=a@a", "commit", "--quiet", "--message", message)
  }

  function git(...args: string[]): string {
    return execFileSync("git", args, { cwd: editor.folder, encoding: "utf8" })
  }

  function replace(path: string, from: string, to: string): void {
    const before = readFileSync(at(path), "utf8")
    const after = before.replaceAll(from, to)
    assert.notEqual(after, before, `${path} does not have ${from}`)
    writeFileSync(at(path), after)
  }

  function at(path: string): string {
    return join(editor.folder, path)
  }
})
