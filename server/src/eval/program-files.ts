// The files of a program: which file a path means, and the code of each file, which is made of its text if it is not known yet.
//
// Files come from three places: core files of Nix itself, what the evaluation has put into the store, and the world.

import { CodeCache, encodeProgram, type Program, type ProgramSettings } from "./code/program.js"
import { addSource, type SourceText } from "./code/span.js"
import { coreFiles, coreReader, isCorePath, shownPath } from "./core-files.js"
import { withoutLinks } from "./derivations/links.js"
import type { StoreSide } from "./derivations/store-side.js"
import { EvalError } from "./errors/error.js"
import type { Counters, EvaluatorSettings } from "./evaluator.js"
import { attemptIO, type EvalIO } from "./io.js"
import { baseName, canonicalPath, dirName } from "./path.js"
import { meet } from "./values/met-names.js"

/** As many as Nix follows from one file to another. */
const MAX_LINKS = 1023

export class ProgramFiles {
  /** Files that were run in spite of mistakes, with these mistakes. */
  readonly faulty = new Map<string, readonly EvalError[]>()
  /** Every file that was imported. */
  readonly imported = new Set<string>()
  private readonly code: CodeCache

  /** @param globals numbers of the global names */
  constructor(
    private readonly settings: EvaluatorSettings,
    private readonly store: StoreSide,
    private readonly counters: Counters,
    private readonly globals: ReadonlyMap<string, number>,
  ) {
    this.code = settings.code ?? new CodeCache()
  }

  /** The file that importing a path reads: links are followed, and a folder means its default.nix. */
  resolve(path: string): string {
    if (coreFiles.has(path)) return path
    if (isCorePath(path)) return this.resolveCore(path)
    let file = path
    let kind = this.store.io.kindOf(file)
    for (let links = 0; kind === "symlink"; links++) {
      if (links >= MAX_LINKS)
        throw new EvalError(
          "file-not-found",
          `too many symbolic links encountered while traversing the path '${file}'`,
        )
      const target = this.store.io.readLink(file)
      file = canonicalPath(target.startsWith("/") ? target : `${dirName(file)}/${target}`)
      kind = this.store.io.kindOf(file)
    }
    if (kind === "directory") return this.resolve(`${file === "/" ? "" : file}/default.nix`)
    // A missing file is missing where the links lead.
    return kind === undefined
      ? canonicalPath(`${withoutLinks(this.store.io, dirName(file))}/${baseName(file)}`)
      : file
  }

  /** For a core path, a missing file is an error here already. */
  private resolveCore(path: string): string {
    if (this.store.io.kindOf(path) === "directory") return `${path}/default.nix`
    throw new EvalError("file-not-found", `path '${shownPath(path)}' does not exist`)
  }

  /** The pc of the code of a file. @throws EvalError, also for mistakes in its text */
  codeOf(file: string): number {
    this.imported.add(file)
    const stamp = this.store.io.stampOf(file)
    const program = this.code.at(file, stamp) ?? this.newCode(file, stamp)
    program.names.forEach(meet)
    program.source.readBy(this.readerOf(file), file)
    this.nameSource(program.source)
    if (program.faults.length > 0) this.faulty.set(file, program.faults)
    return program.pc
  }

  /** Where to read the text again. Programs outlive evaluations, so they must not keep what one put into the store: 60 MB per host. */
  private readerOf(file: string): Pick<EvalIO, "readFile"> {
    if (coreFiles.has(file)) return coreReader
    return this.store.contentAt(file) === undefined ? this.settings.io : this.store.io
  }

  private nameSource(source: SourceText): void {
    source.shown = this.settings.nameFile?.(source.file) ?? source.file
  }

  private newCode(file: string, stamp: string | undefined): Program {
    const text = this.read(file)
    const program =
      this.code.ofText(file, text) ??
      this.encode(text, file, { lenient: this.settings.lenient?.(file) === true })
    this.code.set(file, program, stamp)
    return program
  }

  /** The code of a text. @throws EvalError for the first mistake, unless the settings are lenient */
  encode(text: string, file: string, settings: Omit<ProgramSettings, "globals">): Program {
    this.counters.filesParsed++
    this.counters.bytesParsed += text.length
    const { language = {}, io } = this.settings
    const warn = (line: string): void => io.trace(line)
    const source = addSource(shownPath(file), text)
    this.nameSource(source)
    return encodeProgram(source, {
      ...settings,
      globals: this.globals,
      language,
      warn,
    })
  }

  /** The bytes of a file. @throws EvalError `file-not-found` */
  read(path: string): string {
    this.requireCore(path)
    return attemptIO(() => this.store.io.readFile(path))
  }

  /** The bytes of a file, to be hashed and not remembered anywhere. @throws EvalError `file-not-found` */
  readBytes(path: string): Uint8Array {
    this.requireCore(path)
    return attemptIO(() => this.store.io.readBytes(path))
  }

  private requireCore(path: string): void {
    if (!isCorePath(path) || coreFiles.has(path)) return
    const isFolder = this.store.io.kindOf(path) === "directory"
    const why = isFolder ? "is not a regular file" : "does not exist"
    throw new EvalError("file-not-found", `file '${shownPath(path)}' ${why}`)
  }
}
