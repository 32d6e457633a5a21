// What a person does in VS Code, by keyboard if possible: pointing with the mouse was fragile (hovers that close again). Every wait is
// for something visible.

import { readFileSync } from "node:fs"
import type { Frame, Locator, Page } from "playwright-core"

// Generous: a test machine runs an editor, a server and a browser on two cores.
const patience = { timeout: 30_000 }

/** Opens a file by Quick Open. `path` is absolute: searching by name needs ripgrep, which npm does not bring. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1)
  const rows = page.locator(".quick-input-list .monaco-list-row")
  await page.keyboard.press("Control+P")
  await fillQuickInput(page, path)
  // The list begins with files that were open before. The wanted file has been found when it is the only one.
  const alone = rows.filter({ hasText: name })
  await until(async () => ((await rows.count()) === 1 && (await alone.count()) === 1) || undefined, name)
  await page.keyboard.press("Enter")
  await page.locator(".tabs-container .tab.active").filter({ hasText: name }).waitFor(patience)
  await page.locator(".editor-group-container.active .view-lines .view-line").first().waitFor(patience)
}

/** Runs a command of the palette by its title. An open palette does not get commands of extensions that start, so it is reopened. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first()
  await until(async () => {
    await page.keyboard.press("Escape")
    await page.keyboard.press("F1")
    await fillQuickInput(page, `>${title}`)
    await Promise.race([row.waitFor(patience), new Promise(resolve => setTimeout(resolve, 2_000))])
    return (await row.count()) === 1 || undefined
  }, `the command ${title}`)
  await row.click()
  // Away from there, where something else would show its tooltip now.
  await page.mouse.move(900, 700)
}

/** Types into the quick input that is open. */
export async function fillQuickInput(page: Page, text: string): Promise<void> {
  const input = page.locator(".quick-input-widget:not([style*='display: none']) input[type='text']").first()
  await input.waitFor(patience)
  await input.fill(text)
}

/** Puts the cursor at a line and column, both from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press("Control+G")
  await fillQuickInput(page, `:${line}:${column}`)
  await page.keyboard.press("Enter")
  await page.locator(".quick-input-widget").waitFor({ state: "hidden", ...patience })
}

// VS Code shows nothing while it waits for a hover, so the keys are pressed again only when they must have been lost.
const hoverPatienceMs = 5_000

/**
 * Shows the hover at the cursor. Returns its text once it passes, the time in the page from key to text, and how often it was asked
 * for (a hover shows what was true when it was asked for).
 */
export async function hover(
  page: Page,
  passes: (text: string) => boolean,
): Promise<{ text: string; milliseconds: number; asked: number }> {
  await page.keyboard.press("Escape")
  await page.evaluate(watchHover)
  let asked = 0
  let askedAt = Number.NEGATIVE_INFINITY
  return until(async () => {
    const { text, since } = await page.evaluate(() => window.canopyHover)
    if (passes(text)) return { text, milliseconds: since, asked }
    if (hoverPatienceMs < performance.now() - askedAt) {
      if (text !== "") await page.keyboard.press("Escape")
      asked++
      askedAt = performance.now()
      await page.keyboard.press("Control+K")
      await page.keyboard.press("Control+I")
    }
    return undefined
  }, "the hover that was expected")
}

declare global {
  interface Window {
    /** The text of the hover, and the milliseconds between the last key and its last change. */
    canopyHover: { text: string; since: number }
  }
}

/** Runs in the page, where the key is pressed and the text is drawn: only the clock there counts. */
function watchHover(): void {
  if (window.canopyHover !== undefined) {
    window.canopyHover = { text: "", since: 0 }
    return
  }
  let pressed = 0
  window.canopyHover = { text: "", since: 0 }
  document.addEventListener("keydown", () => (pressed = performance.now()), true)
  new MutationObserver(() => {
    const rows = document.querySelectorAll<HTMLElement>(".monaco-hover:not(.hidden) .rendered-markdown")
    const text = [...rows].map(row => row.innerText).join("\n")
    if (text !== window.canopyHover.text) window.canopyHover = { text, since: performance.now() - pressed }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
}

/** Waits until the editor in front underlines an error. */
export async function underlined(page: Page): Promise<void> {
  await errors(page).first().waitFor(patience)
}

/** Waits until the editor in front underlines no error any more, which may take a build. */
export async function notUnderlined(page: Page): Promise<void> {
  await errors(page)
    .first()
    .waitFor({ state: "detached", timeout: 2 * patience.timeout })
}

function errors(page: Page): Locator {
  return page.locator(".editor-group-container.active .squiggly-error")
}

/** Runs the first quick fix at the cursor, which has to have this title. */
export async function chooseFix(page: Page, title: string): Promise<void> {
  const first = page.locator(".action-widget .monaco-list-row.action.focused").filter({ hasText: title })
  await until(async () => {
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+.")
    await Promise.race([first.waitFor(patience), new Promise(resolve => setTimeout(resolve, 2_000))])
    return (await first.count()) === 1 || undefined
  }, `the quick fix ${title}`)
  await page.keyboard.press("Enter")
}

/** Messages of the Problems view, which is brought to the front. */
export async function problems(page: Page): Promise<string[]> {
  await runCommand(page, "Problems: Focus on Problems View")
  const rows = page.locator(".markers-panel .monaco-list-row")
  await rows.first().waitFor(patience)
  return rows.allInnerTexts()
}

/** Brings the Fleet view to the front. */
export async function showFleet(page: Page): Promise<void> {
  await runCommand(page, "Canopy: Focus on Fleet View")
  await page.locator(".sidebar .composite.title").filter({ hasText: "Canopy: Fleet" }).waitFor(patience)
}

/** Takes Problems and terminals out of the way. */
export async function hidePanel(page: Page): Promise<void> {
  const panel = page.locator(".part.panel")
  if (await panel.isVisible()) await runCommand(page, "View: Hide Panel")
  await panel.waitFor({ state: "hidden", ...patience })
}

/** Rows of the fleet view as they are drawn. */
export function fleetRows(page: Page): Locator {
  return page.locator(".pane-body .monaco-list-row .monaco-icon-label")
}

/** Clicks a row until something is there. A tree that is being drawn again loses a click. */
export async function clickUntil(row: Locator, shown: Locator): Promise<void> {
  await until(async () => {
    await row.click()
    await row.page().waitForTimeout(3_000)
    return (await shown.isVisible()) || undefined
  }, "what a click opens")
}

/** Waits until the fleet view has a row with each of these texts. */
export async function fleetShows(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await fleetRows(page).filter({ hasText: text }).first().waitFor(patience)
}

/** Waits until the fleet view says something in place of rows. */
export async function fleetSays(page: Page, text: string): Promise<void> {
  await page.locator(".welcome-view-content").filter({ hasText: text }).waitFor(patience)
}

/** The messages that VS Code shows in its corner. */
export function messages(page: Page): Locator {
  return page.locator(".notifications-toasts .notification-list-item")
}

/** Waits until a message in the corner has a text in it. */
export async function messageSays(page: Page, text: string): Promise<void> {
  await messages(page).filter({ hasText: text }).waitFor(patience)
}

/** Puts the cursor on the first letter of a word: of the first one in a file, as it is on disk. */
export async function openAt(page: Page, path: string, word: string): Promise<void> {
  const before = readFileSync(path, "utf8").split(word)[0].split("\n")
  await openFile(page, path)
  await goTo(page, before.length, before[before.length - 1].length + 1)
}

interface Dialog {
  readonly text: string
  press(button: string): Promise<void>
  /** Waits until it is closed. */
  gone(): Promise<void>
}

/** The buttons and text of the dialog that is open. */
export async function dialog(page: Page): Promise<Dialog> {
  const box = page.locator(".monaco-dialog-box")
  await box.waitFor(patience)
  const gone = () => box.waitFor({ state: "hidden", ...patience })
  return {
    text: (await box.allInnerTexts()).join("\n"),
    async press(button) {
      await box.locator(".monaco-button").filter({ hasText: button }).click()
      await gone()
    },
    gone,
  }
}

/** The text of the rendered Markdown page that is in front: two frames deep in a web view. */
export async function pageText(page: Page, passes: (text: string) => boolean): Promise<string> {
  return until(async () => {
    for (const frame of page.frames()) {
      const text = await bodyText(frame)
      if (passes(text)) return text
    }
    return undefined
  }, "the page that was expected")
}

/** The text of a frame. Web views replace their frames and what is in them at will, and one that is gone has no text. */
async function bodyText(frame: Frame): Promise<string> {
  try {
    return (await frame.locator("body.vscode-body").allInnerTexts()).join("\n")
  } catch (error) {
    const isGone =
      frame.isDetached() || (error instanceof Error && /context was destroyed/.test(error.message))
    if (isGone) return ""
    throw error
  }
}

/** Calls `ask` until it has an answer. Throws after half a minute, naming `what`. */
export async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  const deadline = performance.now() + patience.timeout
  while (performance.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error(`${what} did not come within ${patience.timeout / 1000} s`)
}
