// One fleet in the evaluation thread: opened when first asked, dropped when a file changes, opened again on demand.
//
// Every answer is computed from the files as they are, unsaved text included. Only what cannot have changed survives an edit: code
// of files with the same text, hashes of trees, and derivations (`StoreMemory`).

import type { CancelFlag } from "../../base/index.js"
import { bytesOf, CodeCache, type WantedOutput } from "../../eval/index.js"
import { StoreMemory } from "../../store/index.js"
import type { EvaluatedFleet } from "../evaluated-fleet.js"
import type { Memory } from "../evaluation.js"
import { type Files, OverlaidFiles } from "../files.js"
import { type FlakeCaches, newFlakeCaches, type OpenSettings } from "../flake/flake.js"
import { openEvaluatedFleet } from "../left-out-files.js"
import type { KnownHashes } from "../sources/tree-hash.js"
import { SourceFiles } from "../texts/source-files.js"
import { answer, type DeployedFleet, deployFacts, type EvaluatedKind, wantedBuild } from "./answers.js"
import { type FolderNames, folderNames } from "./folder-names.js"
import type { Answers, QuestionOf } from "./questions.js"
import type { FleetSession, FleetSetup, Report } from "./session-port.js"

/** A session without plans and builds, which layers above make from `deployFacts` and `wantedBuild`. */
export interface EvaluationSession extends Pick<FleetSession, "setFile" | "filesChanged"> {
  answer<K extends EvaluatedKind>(question: QuestionOf<K>, report?: Report): Answers[K]
  /** What the build of a derivation needs; undefined if evaluation does not need the derivation any more. */
  wantedBuild(derivation: string, report?: Report): WantedOutput | undefined
  deployFacts(hosts: readonly string[], report?: Report): DeployedFleet
  fleet(): EvaluatedFleet
}

/** What a session gets from outside the fleet's files. */
export interface Outside extends Pick<OpenSettings, "supply" | "builds" | "flakelessMachine"> {
  /** Code of files from earlier runs; new code is added to it. */
  readonly code?: CodeCache
  /** Hashes of trees from earlier runs; new hashes are added to it. */
  readonly trees?: KnownHashes
  /** The memory of values, if this session is the only one that uses it: it is cleared when values are no longer needed. */
  readonly memory?: Memory
}

/**
 * A session over a fleet's files. Nothing is read before the first question.
 * @param cancel checked at function calls: raising it ends a question with `Cancelled`
 * @param outside fetches sources and builds; without it, what needs those fails
 */
export function openFleet(
  setup: FleetSetup,
  files: Files,
  cancel?: Pick<CancelFlag, "raised">,
  outside: Outside = {},
): EvaluationSession {
  return new Session(setup, new OverlaidFiles(files), cancel, outside)
}

const silent: Report = () => {}

class Session implements EvaluationSession {
  private readonly code: CodeCache
  private readonly caches: FlakeCaches
  private readonly storeMemory = new StoreMemory()
  private readonly sources: SourceFiles
  private readonly names: FolderNames
  private current: EvaluatedFleet | undefined
  /** Reports progress of the question that is being answered. */
  private report: Report = silent

  constructor(
    private readonly setup: FleetSetup,
    private readonly files: OverlaidFiles,
    private readonly cancel: Pick<CancelFlag, "raised"> | undefined,
    private readonly outside: Outside,
  ) {
    this.names = folderNames(setup.root, files)
    this.sources = new SourceFiles(files, bytesOf(this.names.real))
    this.code = outside.code ?? new CodeCache()
    this.caches = newFlakeCaches(outside.trees, root => this.report({ message: `hashing ${root}` }))
  }

  fleet(report: Report = silent): EvaluatedFleet {
    this.report = report
    if (this.current === undefined) {
      report({ message: "reading the flake" })
      this.outside.memory?.clear()
      this.current = openEvaluatedFleet({
        setup: { ...this.setup, root: this.names.real },
        files: this.files,
        sources: this.sources,
        caches: this.caches,
        storeMemory: this.storeMemory,
        // While somebody types, the source keeps its store path, so that only the file being edited is read again.
        keepNames: this.files.hasUnsaved,
        ...(this.cancel === undefined ? {} : { cancel: this.cancel }),
        ...this.outside,
        code: this.code,
      })
    }
    return this.current
  }

  answer<K extends EvaluatedKind>(question: QuestionOf<K>, report: Report = silent): Answers[K] {
    return answer(this.fleet(report), question, report, this.names)
  }

  wantedBuild(derivation: string, report: Report = silent): WantedOutput | undefined {
    return wantedBuild(this.fleet(report), derivation, report)
  }

  deployFacts(hosts: readonly string[], report: Report = silent): DeployedFleet {
    return deployFacts(this.fleet(report), hosts, report)
  }

  setFile(path: string, text: string | undefined): void {
    const real = bytesOf(this.names.toReal(path))
    this.files.setText(real, text)
    // It may have been saved where no watcher looks.
    if (text === undefined) this.files.forget(real)
    this.drop()
  }

  filesChanged(paths?: readonly string[]): void {
    // A lock that changed tells what its sources are now, and some may lie where no watcher looks.
    if (paths === undefined || paths.some(isLock)) this.files.forget()
    else for (const path of paths) this.files.forget(bytesOf(this.names.toReal(withTree(path))))
    this.drop()
  }

  // Right away: clearing a gigabyte of values takes a quarter of a second, which the next question need not wait for.
  private drop(): void {
    this.current?.release()
    this.current = undefined
    this.outside.memory?.clear()
  }
}

/** Git's index stands for its working tree: editors are not told of all the files that come with a new folder. */
function withTree(path: string): string {
  return path.replace(/(?<=.)\/\.git\/index$/, "")
}

function isLock(path: string): boolean {
  return path.endsWith("/flake.lock")
}
