// A real VS Code in a real browser: code-server with the packaged extension in a fresh profile, driven by Chromium.
//
// It is what a person has: the .vsix is installed as anybody would install it, nothing is loaded from the source tree, and everything
// is done by keyboard or by clicking on what is drawn. Every editor has its own profile, so that no test sees what another one left
// behind. Profiles and pictures are below test/e2e/.work.

import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { basename, dirname, join } from "node:path"
import { promisify } from "node:util"
import { type BrowserContext, chromium, type Page } from "playwright-core"
import { temporaryFolder } from "../harness/temporary-folder.js"

const here = __dirname
const repository = dirname(dirname(here))
const work = join(here, ".work")
const codeServer = join(here, "node_modules/code-server/out/node/entry.js")
const extensions = join(work, "extensions")

/** Screenshots of the run, for people and for the README. */
const screenshots = join(work, "screenshots")

const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

// Quiet: nothing of VS Code's own pops up over what a test wants to see.
const userSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.colorTheme": "Default Dark Modern",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "chat.commandCenter.enabled": false,
  "editor.minimap.enabled": false,
  "editor.hover.delay": 100,
  "git.enabled": false,
  "files.autoSave": "off",
  "terminal.integrated.shellIntegration.enabled": false,
  "window.commandCenter": false,
}

export interface EditorOptions {
  /** Folder that is copied into the run, so that a test may edit its files. */
  readonly copyOf: string
  /** The folder or workspace file in it to open; the copy itself when absent. */
  readonly open?: string
  /** False starts VS Code with workspace trust on: the folder opens in Restricted Mode. */
  readonly trusted: boolean
  /** Programs that terminals find first: name to the text of a shell script. */
  readonly programs?: Readonly<Record<string, string>>
  /** Folder with the programs of a Nix, to be installed for the person. */
  readonly nix?: string
  /** More user settings. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Whether to open windows without a folder first, so that VS Code has cached its own code, as for anybody who works with it. */
  readonly usedBefore?: boolean
  /** Folder of an unpacked extension to have in place of Canopy. */
  readonly extension?: string
  /** Folder of an unpacked extension to have beside Canopy. */
  readonly beside?: string
  /** More variables in the environment of VS Code. */
  readonly environment?: Readonly<Record<string, string>>
}

/** In pixels of the window. */
export interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Editor {
  readonly page: Page
  /** The opened copy of the folder, or of the workspace file. */
  readonly folder: string
  /** When the browser was told to open the folder, and when VS Code had drawn its workbench: `Date.now()`. */
  readonly openedAt: number
  readonly drawnAt: number
  /** Closes the window and opens the folder in a new one. */
  openAgain(): Promise<void>
  /** Lines of the language server's log (LOG=time). */
  log(): string[]
  /** Writes .work/screenshots/NAME.png, of the window or a part of it, and returns its path. */
  screenshot(name: string, clip?: Clip): Promise<string>
  close(): Promise<void>
}

/** Installs the packaged extension for all editors of this run. Throws when there is no package or VS Code refuses it. */
export async function installExtension(): Promise<void> {
  const vsix = process.env.CANOPY_VSIX ?? join(repository, "canopy.vsix")
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run npm run package`)
  rmSync(work, { recursive: true, force: true })
  mkdirSync(screenshots, { recursive: true })
  const profile = join(work, "install")
  const args = [
    codeServer,
    "--user-data-dir",
    profile,
    "--extensions-dir",
    extensions,
    "--install-extension",
    vsix,
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: environment(profile) })
  if (!/successfully installed/.test(stdout))
    throw new Error(`code-server did not install the extension:\n${stdout}`)
}

/** Where a file of the installed extension is. */
export function installedFile(path: string): string {
  const folder = readdirSync(extensions).find(name => name.startsWith("canopy."))
  if (folder === undefined) throw new Error("the extension is not installed")
  return join(extensions, folder, path)
}

const open = new Set<Editor>()

/** Takes a picture of every open editor, for a test that failed. */
export async function pictureFailure(title: string): Promise<void> {
  for (const editor of open) await editor.screenshot(`failed ${title.replaceAll(/[^\w ]/g, "")}`)
}

/** Opens a folder in a new profile and waits until VS Code has drawn its workbench. */
export async function openEditor(options: EditorOptions): Promise<Editor> {
  const profile = mkdtempSync(join(work, "profile-"))
  // Not below this repository, where git would have a say in what a flake sees.
  const workspace = temporaryFolder("e2e")
  const copy = join(workspace, basename(options.copyOf))
  const folder = join(copy, options.open ?? "")
  cpSync(options.copyOf, copy, { recursive: true })
  mkdirSync(join(profile, "User"), { recursive: true })
  writeFileSync(join(profile, "User/settings.json"), JSON.stringify({ ...userSettings, ...options.settings }))

  const extensionsHere = layOutExtensions(profile, options)

  const programs = join(workspace, "bin")
  mkdirSync(programs)
  for (const [name, script] of Object.entries(options.programs ?? {}))
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  // HOME is the profile; shells of terminals build their own PATH.
  writeFileSync(join(profile, ".bashrc"), `PATH="${programs}:$PATH"\n`)
  if (options.nix !== undefined) {
    mkdirSync(join(profile, ".nix-profile"))
    symlinkSync(options.nix, join(profile, ".nix-profile/bin"))
  }
  trackFiles(workspace)
  const server = startServer(profile, folder, extensionsHere, options)
  const browser = await chromium.launchPersistentContext(join(profile, "browser"), {
    executablePath: chromiumPath(),
    args: chromiumFlags,
    viewport: { width: 1400, height: 900 },
  })
  try {
    const [page] = browser.pages()
    const url = await listeningUrl(server)
    if (options.usedBefore === true) await useBefore(page, url)
    const kind = folder.endsWith(".code-workspace") ? "workspace" : "folder"
    const address = `${url}?${kind}=${encodeURIComponent(folder)}`
    let times = await openWindow(page, address)
    const editor: Editor = {
      page,
      folder,
      get openedAt() {
        return times.openedAt
      },
      get drawnAt() {
        return times.drawnAt
      },
      async openAgain() {
        await page.goto("about:blank")
        times = await openWindow(page, address)
      },
      log: () => readFileSync(logFile(profile), "utf8").split("\n"),
      screenshot: (name, clip) => screenshot(page, name, clip),
      async close() {
        open.delete(editor)
        await stop(server, browser)
      },
    }
    open.add(editor)
    return editor
  } catch (error) {
    await stop(server, browser)
    throw error
  }
}

/** Opens an address, and waits until VS Code has drawn its workbench. */
async function openWindow(page: Page, address: string): Promise<Pick<Editor, "openedAt" | "drawnAt">> {
  const openedAt = Date.now()
  await page.goto(address)
  await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: 60_000 })
  return { openedAt, drawnAt: Date.now() }
}

/** Chromium keeps the compiled code of a page that it loads for the second time. */
async function useBefore(page: Page, url: string): Promise<void> {
  for (let time = 0; time < 3; time++) {
    await openWindow(page, `${url}?ew=true`)
    // Until VS Code's own extensions run.
    await page.waitForTimeout(4_000)
  }
}

async function screenshot(page: Page, name: string, clip?: Clip): Promise<string> {
  const path = join(screenshots, `${name}.png`)
  await page.screenshot(clip === undefined ? { path } : { path, clip })
  return path
}

/** The folder of the extensions that an editor has. */
function layOutExtensions(profile: string, { extension, beside }: EditorOptions): string {
  const unpacked = extension ?? beside
  if (unpacked === undefined) return extensions
  const own = join(profile, "extensions")
  if (extension === undefined) {
    cpSync(extensions, own, { recursive: true })
    // Lists what was installed. Without it, VS Code takes what is there.
    rmSync(join(own, "extensions.json"))
  }
  cpSync(unpacked, join(own, basename(unpacked)), { recursive: true })
  return own
}

function startServer(
  profile: string,
  folder: string,
  extensions: string,
  options: EditorOptions,
): ChildProcess {
  const args = [
    codeServer,
    "--auth",
    "none",
    "--bind-addr",
    "127.0.0.1:0",
    "--user-data-dir",
    profile,
    "--extensions-dir",
    extensions,
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-getting-started-override",
  ]
  if (options.trusted) args.push("--disable-workspace-trust")
  // In a process group of its own: processes of a closed window wait for it to come back, even after code-server has ended.
  const server = spawn(process.execPath, [...args, folder], {
    env: { ...environment(profile), ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  })
  process.once("exit", () => server.pid !== undefined && killGroup(server.pid))
  return server
}

/** Makes the folder a git repository: a flake sees the files that git tracks. */
function trackFiles(folder: string): void {
  execFileSync("git", ["init", "--quiet"], { cwd: folder })
  execFileSync("git", ["add", "--all"], { cwd: folder })
}

/** code-server writes a config file below HOME, and Chromium a profile: both go to the run's folder. */
function environment(profile: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: profile,
    XDG_CONFIG_HOME: join(profile, "config"),
    XDG_DATA_HOME: join(profile, "data"),
    LOG: "time",
    LOG_FILE: logFile(profile),
  }
}

function logFile(profile: string): string {
  return join(profile, "server.log")
}

function chromiumPath(): string {
  const candidates = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ]
  const found = candidates.find(path => path !== undefined && existsSync(path))
  if (found === undefined) throw new Error("no Chromium found: apt-get install chromium, or set CHROMIUM")
  return found
}

/** code-server picks a free port and says which. */
function listeningUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ""
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /listening on (http:\/\/\S+)/.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    }
    server.stdout?.on("data", read)
    server.stderr?.on("data", read)
    server.once("exit", code => reject(new Error(`code-server ended with ${code}:\n${output}`)))
  })
}

async function stop(server: ChildProcess, browser: BrowserContext): Promise<void> {
  await browser.close()
  if (server.pid === undefined) return
  if (server.exitCode !== null) return killGroup(server.pid)
  const ended = new Promise(resolve => server.once("exit", resolve))
  server.kill("SIGTERM")
  await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 2_000))])
  killGroup(server.pid)
  await ended
}

/** Kills what is left of a process group. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL")
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error
  }
}
