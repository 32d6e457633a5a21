// What a newcomer sees: the example fleet, opened in VS Code with the packaged extension. Prints how long hovers take.

import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { cpus, loadavg } from "node:os"
import { dirname, join } from "node:path"
import {
  clickUntil,
  dialog,
  fillQuickInput,
  fleetRows,
  fleetShows,
  hidePanel,
  hover,
  notUnderlined,
  openAt as openFileAt,
  pageText,
  problems,
  runCommand,
  showFleet,
  underlined,
  until,
} from "./actions.js"
import { type Editor, openEditor } from "./editor.js"

const examples = join(dirname(dirname(__dirname)), "examples")
const hosts = ["cinnabar", "electrum", "galena", "scheelite", "argentum", "blackphos", "rosegold", "stibnite"]

const ssh = "modules/system/ssh.nix"

/** A file, a word in it to hover, and something that the hover must say. */
const warmHovers: readonly (readonly [file: string, word: string, fact: string])[] = [
  [ssh, "LogLevel", "VERBOSE"],
  [ssh, "X11Forwarding", "mkForce"],
  [ssh, "allowedTCPPorts", "22"],
  ["modules/darwin/defaults.nix", "autohide", "blackphos"],
  ["modules/darwin/defaults.nix", "tilesize", "48"],
  ["modules/darwin/defaults.nix", "AppleShowAllExtensions", "true"],
  [ssh, "PermitRootLogin", "forced-commands-only"],
]

// Stands in for clan: says what it was asked to do, and where.
const clan = 'echo "$PWD: clan $*" > clan-was-asked'

describe("the example fleet", () => {
  let editor: Editor
  /** After how many milliseconds an extension that answers at once has its first hover: no other can be faster. */
  const atOnce = { opened: Number.NaN, openedAgain: Number.NaN }

  before(async () => {
    const fastest = await openEditor({
      copyOf: examples,
      open: "fleet",
      trusted: true,
      usedBefore: true,
      extension: join(__dirname, "fixtures/answers-at-once"),
    })
    atOnce.opened = (await hoverWhenStarted(fastest)).seen - fastest.openedAt
    await fastest.openAgain()
    atOnce.openedAgain = (await hoverWhenStarted(fastest)).seen - fastest.openedAt
    await fastest.close()

    editor = await openEditor({
      copyOf: examples,
      open: "fleet",
      trusted: true,
      programs: { clan },
      usedBefore: true,
    })
  })
  after(() => editor.close())

  it("answers the first hover soon after the window opened, and says when", async () => {
    const text = await firstHover("first hover", atOnce.opened)
    await editor.page.waitForTimeout(500) // it fades in
    await editor.screenshot("hover")
    for (const fact of [
      "forced-commands-only",
      "prohibit-password",
      "mkForce",
      "mkDefault",
      "cinnabar",
      "electrum",
    ])
      assert(text.includes(fact), `${fact} is missing in:\n${text}`)
  })

  it("answers it again after the window was closed and opened, and says when", async () => {
    await isChecked()
    await editor.openAgain()
    await firstHover("first hover in a fleet that was open before", atOnce.openedAgain)
  })

  it("answers a hover within 300 ms once it is warm", async () => {
    await isChecked()
    const times: number[] = []
    for (const [path, word, fact] of warmHovers) {
      await openAt(path, word)
      const { milliseconds } = await hover(editor.page, text => text.includes(fact))
      times.push(Math.round(milliseconds))
    }
    const sorted = times.slice().sort((a, b) => a - b)
    const median = sorted[sorted.length >> 1]
    print(
      `warm hover, from key to text: median ${median} ms, slowest ${sorted.at(-1)} ms, of ${times.length}`,
    )
    holdTo(median, 300)
  })

  it("says what a function of nixpkgs does, and which version of a package each host has", async () => {
    await openAt(ssh, "mkOverride")
    await hover(editor.page, text => text.includes("The lower, the stronger."))
    await openAt("modules/system/packages.nix", "git")
    await hover(editor.page, text => /electrum, galena, scheelite: 2\.52\.0/.test(text))
    await editor.screenshot("package")
  })

  it("hovers with the text as it is typed, not as it was saved", async () => {
    const { page } = editor
    await openAt(ssh, "22 ]")
    await page.keyboard.type("4444 ")
    await openAt(ssh, "allowedTCPPorts")
    await hover(page, text => text.includes("4444"))
    await revert()
    await openAt(ssh, "allowedTCPPorts")
    await hover(page, text => text.includes("22") && !text.includes("4444"))
  })

  it("underlines a type error while it is typed, and goes on answering elsewhere", async () => {
    const { page } = editor
    await openAt(ssh, "prohibit-password")
    await page.keyboard.type("never-")
    await underlined(page)
    await editor.screenshot("type-error")
    await openAt(ssh, "LogLevel")
    await hover(page, text => text.includes("VERBOSE"))
    await revert()
    await notUnderlined(page)
  })

  it("shows its hosts by class, with the aspects of each", async () => {
    const { page } = editor
    await showFleet(page)
    await fleetShows(page, "NixOS", "macOS", ...hosts)
    await fleetRows(page).filter({ hasText: "cinnabar" }).first().click()
    await page.keyboard.press("ArrowRight")
    await fleetShows(page, "machines/nixos/cinnabar")
    await editor.screenshot("fleet-tree")
  })

  it("opens the file of an aspect by a click or Enter on its row", async () => {
    const { page } = editor
    const tab = (name: string) => page.locator(".tabs-container .tab.active").filter({ hasText: name })
    await clickUntil(
      fleetRows(page).filter({ hasText: "ssh-known-hosts" }).first(),
      tab("ssh-known-hosts.nix"),
    )
    await showFleet(page)
    await fleetRows(page)
      .filter({ hasText: "contact" })
      .first()
      .click({ modifiers: ["Control"] })
    await page.keyboard.press("Enter")
    await tab("contact.nix").waitFor({ timeout: 30_000 })
  })

  it("shows of a set of options what is set in it", async () => {
    await openAt(ssh, "openssh = ")
    await hover(editor.page, text => /set of options on .*galena/.test(text) && text.includes("not set:"))
    await openAt("flake.nix", "path:../inputs/clan-core")
    await hover(editor.page, text => text.includes("its inputs:"))
  })

  it("underlines a broken package where it is used, with why and on which host", async () => {
    const { page } = editor
    await openAt("modules/machines/nixos/scheelite/default.nix", "pkgs.ollama")
    await underlined(page)
    await editor.screenshot("broken-package")
    const list = (await problems(page)).join("\n")
    assert.match(list, /'ollama' is not available on x86_64-linux.*marked as broken/)
    await hidePanel(page)
  })

  it("shows the option at the mouse on all hosts, and again when it is edited", async () => {
    const { page } = editor
    await openAt(ssh, "PermitRootLogin")
    const name = page.locator(".view-line span").filter({ hasText: /^PermitRootLogin$/ })
    await name.last().click({ button: "right" })
    // A click right after the menu has opened may be lost.
    await page.locator(".monaco-menu .action-label").filter({ hasText: "Show Option on All Hosts" }).hover()
    await page.keyboard.press("Enter")
    await page.locator(".quick-input-widget .quick-input-message").waitFor()
    await page.keyboard.press("Enter")
    const text = await pageText(page, text => text.includes("PermitRootLogin") && text.includes("galena"))
    await editor.screenshot("option-page")
    assert.match(text, /^services\.openssh\.settings\.PermitRootLogin/)
    assert.match(text, /forced-commands-only/)
    await openAt(ssh, "prohibit-password")
    await page.keyboard.press("Control+Delete")
    await page.keyboard.type("without")
    await page.locator(".tab").filter({ hasText: "PermitRootLogin" }).click()
    await pageText(page, text => text.includes('electrum, scheelite: "without-password"'))
    await openAt(ssh, "PermitRootLogin")
    await revert()
  })

  it("shows the plan of a deploy and runs nothing without a yes", async () => {
    const { page } = editor
    await deployGalena()
    const question = await dialog(page)
    assert.match(question.text, /Deploy galena\?/)
    assert.match(question.text, /clan machines update galena/)
    await editor.screenshot("deploy-question")
    // By keyboard, which the page behind the dialog must not take.
    await pageText(page, text => text.includes("Deploy galena with clan"))
    await page.keyboard.press("Escape")
    await question.gone()
    await editor.screenshot("deploy-plan")
    assert.equal(await page.locator(".terminal-wrapper").count(), 0)
    assert.equal(clanWasAsked(), undefined)
  })

  it("deploys in a terminal after a yes, what is typed too", async () => {
    const { page } = editor
    const motd = "modules/system/motd.nix"
    await openAt(motd, "# What")
    await page.keyboard.type("# typed ")
    await deployGalena()
    assert.match((await dialog(page)).text, /Save and Deploy/)
    await page.keyboard.press("Enter")
    const asked = await until(async () => clanWasAsked(), "the call of clan")
    assert.equal(asked, `${editor.folder}: clan machines update galena\n`)
    assert.match(readFileSync(join(editor.folder, motd), "utf8"), /# typed # What/)
    await editor.screenshot("deploy-terminal")
  })

  // The picture of README: copy it to images/hover.png when the editor looks different.
  it("looks like the picture in README", async () => {
    const { page } = editor
    await runCommand(page, "View: Close All Editors")
    await hidePanel(page)
    // Hovers are at most a quarter of the editor high.
    await page.setViewportSize({ width: 1280, height: 2000 })
    await showFleet(page)
    await fleetShows(page, "stibnite")
    await openAt(ssh, "PermitRootLogin")
    await hover(page, text => text.includes("forced-commands-only"))
    await page.waitForTimeout(500)
    await editor.screenshot("readme", { x: 0, y: 0, width: 1280, height: 780 })
  })

  /** Waits until the status bar says that every host is checked. */
  async function isChecked(): Promise<void> {
    const { page } = editor
    await page
      .locator(".statusbar-item")
      .filter({ hasText: "hosts" })
      .locator(".codicon-server")
      .waitFor({ timeout: 60_000 })
  }

  /**
   * Hovers as soon as Canopy is in the status bar, and waits for that hover. Before that, VS Code has not started the extension and
   * asks nobody. It starts extensions some time after drawing the window, on two cores seconds later, which Canopy cannot change.
   */
  async function firstHover(title: string, atOnce: number): Promise<string> {
    const { text, asked: tries, seen } = await hoverWhenStarted(editor)
    const started = serverStart(editor.log())
    const asked = lastTime(editor.log(), "hover asked")
    const answered = lastTime(editor.log(), "hover answered")
    const times = {
      drawing: editor.drawnAt - editor.openedAt,
      starting: started - editor.drawnAt,
      ours: seen - started,
    }
    print(
      `${title}: ${seconds(seen - editor.openedAt)} after opening (an extension that answers at once: ` +
        `${seconds(atOnce)}). VS Code was drawn after ${seconds(times.drawing)} and started ` +
        `Canopy ${seconds(times.starting)} later; from then on it took ${seconds(times.ours)}: the hover came to the server after ` +
        `${seconds(asked - started)}, was answered ${seconds(answered - asked)} later and seen ${seconds(seen - answered)} later`,
    )
    // The aim is three seconds, and is met once the files of VS Code and the browser are in memory. The first window after installing
    // them, on two shared cores, took up to 4.5.
    holdTo(times.ours, 8_000)
    if (times.ours < 5_000) assert.equal(tries, 1, "a hover was lost while Canopy started")
    return text
  }

  /** Asks for a deploy of galena, up to the question. */
  async function deployGalena(): Promise<void> {
    const { page } = editor
    await runCommand(page, "Canopy: Deploy This Host")
    await fillQuickInput(page, "galena")
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "galena" }).first().waitFor()
    await page.keyboard.press("Enter")
  }

  function clanWasAsked(): string | undefined {
    const file = join(editor.folder, "clan-was-asked")
    return existsSync(file) ? readFileSync(file, "utf8") || undefined : undefined
  }

  /** Reverts the file in front to what is on disk. */
  async function revert(): Promise<void> {
    await editor.page.keyboard.press("Escape")
    await runCommand(editor.page, "File: Revert File")
  }

  /** Opens a file with the cursor on the first letter of a word. */
  function openAt(path: string, word: string): Promise<void> {
    return openFileAt(editor.page, join(editor.folder, path), word)
  }
})

/** Hovers an option once the status bar shows that the extension runs. `seen` is when: `Date.now()`. */
async function hoverWhenStarted(editor: Editor): Promise<{ text: string; asked: number; seen: number }> {
  const { page, folder } = editor
  await openFileAt(page, join(folder, ssh), "PermitRootLogin")
  await page
    .locator(".statusbar-item")
    .filter({ hasText: /Canopy|hosts/ })
    .first()
    .waitFor()
  const { text, asked } = await hover(page, text => text.includes("galena"))
  return { text, asked, seen: Date.now() }
}

/** When the server's process was last started, which is the first thing that the extension does. */
function serverStart(log: readonly string[]): number {
  const loaded = log.flatMap(line => [...line.matchAll(/^(\S+) .* server loaded, (\d+) ms/g)]).at(-1)
  assert(loaded !== undefined, "the server was not started")
  return dateOf(loaded[1]) - Number(loaded[2])
}

/** When something was last written to the log. */
function lastTime(log: readonly string[], what: string): number {
  const line = log.findLast(line => line.includes(what))
  assert(line !== undefined, `nothing in the log about: ${what}`)
  return dateOf(line.split(" ")[0])
}

/** A time of today, as the log writes it. */
function dateOf(time: string): number {
  return Date.parse(`${new Date().toISOString().slice(0, 10)}T${time}Z`)
}

// Times only mean something on a machine with nothing else to do. Elsewhere they are printed and not checked.
const busy = cpus().length < loadavg()[0]

function holdTo(milliseconds: number, limit: number): void {
  if (busy) print(`(not judged: the machine was busy when the test began, load ${loadavg()[0].toFixed(1)})`)
  else assert(milliseconds < limit, `it took ${milliseconds.toFixed(0)} ms, and ${limit} are allowed`)
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

function print(line: string): void {
  process.stdout.write(`      ${line}\n`)
}
