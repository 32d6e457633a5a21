// Downloads one file over HTTP, with redirects, proxies, retries, and resuming where an attempt broke off.
//
// Redirects are followed here and not by the library, because a secret (a token) must only be sent to the host it is for.

import { appendFileSync, closeSync, openSync, statSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { type Dispatcher, request } from "undici"
import { diskFailure, FetchError } from "./fetch-error.js"
import type { FetchSettings } from "./fetch-settings.js"
import { loginHeader } from "./netrc.js"
import { Connections } from "./proxy.js"

export interface DownloadRequest {
  readonly url: string
  /** Sent to the host of `url` alone. */
  readonly headers: Readonly<Record<string, string>>
  /** Where the bytes go. */
  readonly file: string
  /** Identifies what `file` already has a part of, by `etag` or `last-modified`. */
  readonly validator?: string | undefined
  readonly signal: AbortSignal
  readonly onBytes: (done: number, total: number | undefined) => void
  /** Called with what identifies the file, so that a part of it can be resumed later. */
  readonly onValidator: (validator: string | undefined) => void
}

export interface Downloaded {
  /** The URL where the server says that the same file will always be, if it does. */
  readonly immutableUrl: string | undefined
}

const REDIRECTS = 20

/** Downloads into `request.file`. @throws FetchError, or what aborted the signal */
export async function download(request: DownloadRequest, settings: FetchSettings): Promise<Downloaded> {
  const connections = new Connections(settings.idleMs)
  try {
    return await new Download(request, settings, connections).run()
  } finally {
    await connections.destroy()
  }
}

/** The text behind a URL, such as the answer of a forge. @throws FetchError */
export async function downloadText(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  settings: FetchSettings,
): Promise<string> {
  const connections = new Connections(settings.idleMs)
  try {
    return await new Download(
      { url, headers, file: "", signal, onBytes: ignore, onValidator: ignore },
      settings,
      connections,
    ).text()
  } finally {
    await connections.destroy()
  }
}

function ignore(): void {}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Dispatcher.ResponseData["body"]
}

class Download {
  /** What identifies a file for resuming. */
  private validator: string | undefined
  private immutableUrl: string | undefined

  constructor(
    private readonly wanted: DownloadRequest,
    private readonly settings: FetchSettings,
    private readonly connections: Connections,
  ) {
    this.validator = wanted.validator
  }

  run(): Promise<Downloaded> {
    return this.trying(() => this.attempt())
  }

  text(): Promise<string> {
    return this.trying(async () => {
      const { body } = await this.ask({})
      return body.text()
    })
  }

  private async trying<T>(attempt: () => Promise<T>): Promise<T> {
    const { retries, retryDelayMs } = this.settings
    const { signal } = this.wanted
    for (let tries = 0; ; tries++)
      try {
        return await attempt()
      } catch (error) {
        signal.throwIfAborted()
        const failure = error instanceof FetchError ? error : (diskFailure(error) ?? this.failure(error))
        if (failure.kind !== "passing" || tries >= retries) throw failure
        await sleep(retryDelayMs * 2 ** tries, undefined, { signal })
      }
  }

  private async attempt(): Promise<Downloaded> {
    const { file } = this.wanted
    const have = this.validator === undefined ? 0 : (statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    const resume = have > 0 ? { range: `bytes=${have}-`, "if-range": this.validator! } : undefined
    const answer = await this.ask(resume ?? {})
    const goesOn = resume !== undefined && answer.status === 206 && startOf(answer) === have
    // A weak etag promises the same meaning, but not the same bytes.
    this.validator = headerOf(answer, "etag")?.replace(/^W\/.*/, "") || headerOf(answer, "last-modified")
    this.wanted.onValidator(this.validator)
    await this.save(answer, goesOn ? have : 0)
    return { immutableUrl: this.immutableUrl }
  }

  private async save(answer: Answer, start: number): Promise<void> {
    const { file, onBytes } = this.wanted
    const { downloadLimit } = this.settings
    const length = headerOf(answer, "content-length")
    const total = length === undefined ? undefined : start + Number(length)
    const refuseHuge = (bytes: number): void => {
      if (bytes > downloadLimit)
        throw new FetchError(`'${this.wanted.url}' is larger than ${megabytes(downloadLimit)}`)
    }
    refuseHuge(total ?? 0)
    // Nothing may be awaited before the body is read: whoever listens to it is told when it breaks off.
    const out = openSync(file, start === 0 ? "w" : "a")
    let done = start
    try {
      for await (const chunk of answer.body) {
        done += (chunk as Buffer).length
        refuseHuge(done)
        appendFileSync(out, chunk as Buffer)
        onBytes(done, total)
      }
    } finally {
      closeSync(out)
    }
    if (total !== undefined && done !== total)
      throw new FetchError(`'${this.wanted.url}' broke off after ${done} of ${total} bytes`, "passing")
  }

  /** Sends the request and follows redirects. The caller reads the body. */
  private async ask(more: Readonly<Record<string, string>>): Promise<Answer> {
    const { url, headers, signal } = this.wanted
    let at = new URL(url)
    for (let hops = 0; hops <= REDIRECTS; hops++) {
      const given = at.origin === new URL(url).origin ? headers : {}
      const own = { ...loginHeader(at, this.settings.logins ?? []), ...given }
      const {
        statusCode,
        headers: got,
        body,
      } = await request(at, {
        headers: { "user-agent": "canopy", ...own, ...more },
        dispatcher: this.connections.for(at),
        signal,
      })
      const answer: Answer = { status: statusCode, headers: got, body }
      this.immutableUrl = immutableIn(answer, at) ?? this.immutableUrl
      const location = headerOf(answer, "location")
      if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
        await body.dump()
        at = new URL(location, at)
        if (!/^https?:$/.test(at.protocol))
          throw new FetchError(`'${url}' leads to '${at}', which is not HTTP`)
        continue
      }
      if (statusCode === 200 || statusCode === 206) return answer
      await body.dump()
      throw statusError(url, statusCode, this.validator !== undefined)
    }
    throw new FetchError(`'${url}' redirects too many times`)
  }

  private failure(error: unknown): FetchError {
    const { code = "", message } = error as NodeJS.ErrnoException
    const reason = reasons[code] ?? (message || code)
    return new FetchError(`'${this.wanted.url}': ${reason}`, isOfNames(code) ? "final" : "passing")
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "its host is unknown",
  EAI_AGAIN: "its host cannot be looked up",
  ECONNREFUSED: "its host refuses connections",
  ECONNRESET: "the connection broke off",
  UND_ERR_SOCKET: "the connection broke off",
  UND_ERR_CONNECT_TIMEOUT: "its host does not answer",
  UND_ERR_HEADERS_TIMEOUT: "its host does not answer",
  UND_ERR_BODY_TIMEOUT: "the download stalled",
}

/** Whether a host name has no address. Without a network that is so for every name, and it remains so for longer than retries last. */
function isOfNames(code: string): boolean {
  return code === "ENOTFOUND" || code === "EAI_AGAIN"
}

function statusError(url: string, status: number, resuming: boolean): FetchError {
  const passing = status >= 500 || status === 408 || status === 429 || (status === 416 && resuming)
  const why: Record<number, string> = {
    401: "it needs a login: see `access-tokens` and `netrc-file` in nix.conf",
    403: "access is forbidden, or there were too many requests without a login: see `access-tokens` in nix.conf",
    404: "it does not exist, or needs a login: see `access-tokens` in nix.conf",
  }
  return new FetchError(
    `'${url}': HTTP ${status}${why[status] === undefined ? "" : `: ${why[status]}`}`,
    passing ? "passing" : "final",
  )
}

function headerOf({ headers }: Answer, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

function startOf(answer: Answer): number | undefined {
  const start = /^bytes (\d+)-/.exec(headerOf(answer, "content-range") ?? "")?.[1]
  return start === undefined ? undefined : Number(start)
}

/** `Link: <URL>; rel="immutable"`: where the same archive will always be. */
function immutableIn(answer: Answer, base: URL): string | undefined {
  const link = /<([^>]*)>\s*;\s*rel="?immutable"?/.exec(headerOf(answer, "link") ?? "")?.[1]
  return link === undefined ? undefined : String(new URL(link, base))
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`
}
