// Nix files, parsed: those of the fleet itself once for each text they had. Those of its inputs are looked at for the places of
// definitions only, and few of them again, so a number of the last ones is kept.

import { type LineColumn, lineColumn, lineStarts, type Problem, type TextRange } from "../../base/index.js"
import { type Expr, parse, validate } from "../../syntax/index.js"
import type { Files } from "../files.js"
import type { AspectContainer, SourceRange } from "../model.js"
import { type AttributePlace, attributePlaces } from "./attribute-places.js"
import { type DefinitionSite, declarationSites, definitionSites } from "./definition-sites.js"

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly tree: Expr
  readonly problems: readonly Problem[]
  readonly starts: readonly number[]
}

/** What a file says about options, in its own order. */
interface ModuleSites {
  readonly definitions: readonly DefinitionSite[]
  readonly declarations: readonly DefinitionSite[]
}

/** Folders that hold no modules, however deep they are. */
const skipped = new Set([".git", "node_modules", "result", ".direnv", ".canopy"])

/** Of the files of inputs. With what is found in them, a character takes some 15 bytes. */
const MOST_CHARACTERS = 2_000_000

export class SourceFiles {
  private readonly parsed = new Map<string, SourceFile>()
  /** Files of inputs, the one that was wanted last at the end. */
  private readonly others = new Map<string, SourceFile>()
  private otherCharacters = 0
  private readonly sites = new WeakMap<
    SourceFile,
    { readonly containers: readonly AspectContainer[] } & ModuleSites
  >()

  private readonly places = new WeakMap<SourceFile, readonly AttributePlace[]>()

  /** @param root real path of the fleet's folder */
  constructor(
    private readonly files: Files,
    private readonly root: string,
  ) {}

  /** A file's text and tree, or undefined when it cannot be read. */
  get(path: string): SourceFile | undefined {
    if (this.files.kindOf(path) !== "regular") return undefined
    const text = this.files.readFile(path)
    if (!path.startsWith(`${this.root}/`)) return this.ofInput(path, text)
    const known = this.parsed.get(path)
    if (known?.text === text) return known
    const file = parsedFile(path, text)
    this.parsed.set(path, file)
    return file
  }

  private ofInput(path: string, text: string): SourceFile {
    const known = this.others.get(path)
    const file = known?.text === text ? known : parsedFile(path, text)
    this.others.delete(path)
    this.others.set(path, file)
    this.otherCharacters += text.length - (known?.text.length ?? 0)
    for (const [oldest, { text: old }] of this.others) {
      if (this.otherCharacters <= MOST_CHARACTERS || oldest === path) break
      this.others.delete(oldest)
      this.otherCharacters -= old.length
    }
    return file
  }

  /** The places in a file that set options. */
  sitesOf(file: SourceFile, containers: readonly AspectContainer[]): readonly DefinitionSite[] {
    return this.moduleSites(file, containers).definitions
  }

  /** The places in a file that declare options. */
  declarationsOf(file: SourceFile, containers: readonly AspectContainer[]): readonly DefinitionSite[] {
    return this.moduleSites(file, containers).declarations
  }

  private moduleSites(file: SourceFile, containers: readonly AspectContainer[]): ModuleSites {
    const known = this.sites.get(file)
    if (known?.containers === containers) return known
    const sites = {
      containers,
      definitions: definitionSites(file.tree, containers),
      declarations: declarationSites(file.tree, containers),
    }
    this.sites.set(file, sites)
    return sites
  }

  /** Every attribute of a file. */
  placesOf(file: SourceFile): readonly AttributePlace[] {
    let places = this.places.get(file)
    if (places === undefined) {
      places = attributePlaces(file.tree)
      this.places.set(file, places)
    }
    return places
  }

  /** Every .nix file below a folder that belongs to the fleet, sorted. What git was not told of may be anybody's notes. */
  list(folder: string, belongs: (path: string) => boolean): string[] {
    const found: string[] = []
    for (const [name, kind] of this.files.readDir(folder)) {
      const path = `${folder}/${name}`
      if (skipped.has(name) || !belongs(path)) continue
      if (kind === "directory") found.push(...this.list(path, belongs))
      else if (kind === "regular" && name.endsWith(".nix")) found.push(path)
    }
    return found.sort()
  }
}

function parsedFile(path: string, text: string): SourceFile {
  const { tree, problems } = parse(text)
  const all = problems.length > 0 ? problems : validate(tree, text)
  return { path, text, tree, problems: all, starts: lineStarts(text) }
}

/** A range of a file in lines and columns. */
export function sourceRange(file: SourceFile, range: TextRange): SourceRange {
  const at = (offset: number): LineColumn => lineColumn(file.starts, offset)
  return { file: file.path, range: { start: at(range.start), end: at(range.end) } }
}
