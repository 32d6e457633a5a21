// Hover: finds the target at an offset, then shows it in the way of its kind.

import type { TextRange } from "../../base/index.js"
import {
  type Aspect,
  type AspectContainer,
  type AspectName,
  aspectAt,
  aspectKey,
  type FileRole,
  type Fleet,
  type FleetOutline,
  type FunctionAnswer,
  type FunctionRoot,
  nameBelow,
  type OptionAnswer,
  type PackageAnswer,
} from "../../fleet/index.js"
import { type Expr, writtenName } from "../../syntax/index.js"
import type { ContainerRef } from "../target/module-place.js"
import type {
  AspectTarget,
  FunctionTarget,
  HostTarget,
  OptionTarget,
  PackageTarget,
  Target,
} from "../target/target.js"
import { targetAt } from "../target/target-at.js"
import { renderAspect } from "./aspect-markdown.js"
import { renderBinding } from "./binding-markdown.js"
import { builtinMarkdown } from "./builtin-docs.js"
import { renderFunction } from "./function-markdown.js"
import { renderHost, renderTag } from "./host-markdown.js"
import { inputMarkdown } from "./input-markdown.js"
import { moduleFile, renderModuleFile } from "./module-file-markdown.js"
import { renderNoHosts, renderNoImporter } from "./no-host-markdown.js"
import { renderOption } from "./option-markdown.js"
import { renderPackage } from "./package-markdown.js"
import { fileAddress } from "./places.js"

export interface Hover {
  readonly range: TextRange
  readonly markdown: string
}

/** What hover may ask the fleet that the document belongs to. */
export interface FleetView {
  /** Undefined until the flake has been evaluated as it is now. */
  readonly outline: FleetOutline | undefined
  /** Undefined until the fleet has been loaded as it is now. */
  readonly fleet: Fleet | undefined
  /** Names of the hosts that import one of some aspects. Rejects as `option` does. */
  importers(aspects: readonly AspectName[]): Promise<readonly string[] | undefined>
  /** A function; undefined for anything else. May reject. */
  describe(root: FunctionRoot, path: readonly string[]): Promise<FunctionAnswer | undefined>
  /** What the file at an absolute path is to the fleet. May reject. */
  role(file: string): Promise<FileRole>
  /** The package at a path on the named hosts, or on all. May reject. */
  package(path: readonly string[], hosts?: readonly string[]): Promise<PackageAnswer>
  /** The option at a path on the named hosts, or on all that have it. May reject, with `Cancelled` among others. */
  option(path: string, hosts?: readonly string[], aspects?: readonly AspectName[]): Promise<OptionAnswer>
}

/** The document that is hovered in. */
export interface HoveredFile {
  readonly path: string
  readonly tree: Expr
  readonly text: string
}

/** What to show at an offset; undefined where nothing is known. Rejects only as `view.option` does. */
export async function hover(
  { path, tree, text }: HoveredFile,
  offset: number,
  view: FleetView | undefined,
): Promise<Hover | undefined> {
  const target = targetAt(tree, offset, view?.outline?.containers ?? [])
  return target && showTarget(target, { path, tree, text }, view)
}

async function showTarget(
  target: Target,
  file: HoveredFile,
  view: FleetView | undefined,
): Promise<Hover | undefined> {
  const { range } = target
  const { path, text } = file
  const show = (markdown: string | undefined) => (markdown === undefined ? undefined : { range, markdown })
  switch (target.kind) {
    case "option":
      // An answer that the flake would change is none.
      if (view !== undefined && view.outline === undefined) return undefined
      return show((await optionMarkdown(target, view)) ?? (target.local && renderBinding(target.local, text)))
    case "aspect":
      return show(aspectMarkdown(target, view?.fleet))
    case "builtin":
      return show(builtinMarkdown(target.name))
    case "binding":
      return show(renderBinding(target, text))
    case "input":
      return show(inputMarkdown(target.path, view?.outline))
    case "file":
      return show(await fileMarkdown(moduleFile(target.path, path), view))
    case "package":
      return show(await packageMarkdown(target, view))
    case "function":
      return show(await functionMarkdown(target, view))
    case "host":
      return hostHover(target, file, view)
  }
}

/** Waits for the loaded fleet, where there is one: only that knows its hosts. */
async function hostHover(
  { name, isTag, otherwise, range }: HostTarget,
  file: HoveredFile,
  view: FleetView | undefined,
): Promise<Hover | undefined> {
  if (view !== undefined && view.fleet === undefined) return undefined
  const markdown = view?.fleet && (isTag ? renderTag : renderHost)(name, view.fleet, fileAddress)
  if (markdown !== undefined) return { range, markdown }
  return otherwise && showTarget(otherwise, file, view)
}

async function optionMarkdown(
  target: OptionTarget,
  view: FleetView | undefined,
): Promise<string | undefined> {
  if (view?.outline === undefined) return undefined
  const { noHosts } = view.outline
  const hosts = await hostsOf(target, view)
  const answer = await view.option(target.path.map(writtenName).join("."), hosts, aspectsOf(target, view))
  const isNowhere = answer.hosts.length === 0 && answer.sets === undefined
  if (isNowhere && answer.isForSystems !== true) {
    // Of a variable the source says more.
    if (hosts?.length === 0) return target.local === undefined ? noHostMarkdown(target, noHosts) : undefined
    return noHosts === undefined ? undefined : noHostMarkdown(target, noHosts)
  }
  return renderOption(answer, fileAddress, view.outline.root)
}

/** The aspects that the option is asked for; undefined where every module of the host would get the same answer. */
function aspectsOf(
  { container, alsoIn, ofMachine }: OptionTarget,
  { outline }: FleetView,
): AspectName[] | undefined {
  if (container === undefined || ofMachine) return undefined
  return [container, ...alsoIn].map(ref => nameOf(ref, outline?.containers ?? []))
}

/**
 * The hosts that have the module of the target; undefined when it is in no aspect or in one that is not known (a function makes
 * it), so that any host may have it. A fleet that is not loaded yet is asked for these names alone.
 */
async function hostsOf(
  { container, alsoIn }: Pick<InModule, "container"> & Pick<OptionTarget, "alsoIn">,
  { fleet, outline, importers }: FleetView,
): Promise<readonly string[] | undefined> {
  if (container === undefined) return undefined
  const aspects = [container, ...alsoIn]
  if (fleet === undefined) return importers(aspects.map(ref => nameOf(ref, outline?.containers ?? [])))
  const known = aspects.flatMap(ref => aspectOf(ref, fleet) ?? [])
  if (known.length === 0) return undefined
  const wanted = new Set(known.flatMap(aspect => aspect.hosts))
  return fleet.hosts.map(host => host.name).filter(name => wanted.has(name))
}

/** Something in a module. `container` is the aspect that the module belongs to, if any. */
interface InModule {
  readonly path: readonly string[]
  readonly container?: ContainerRef | undefined
}

async function fileMarkdown(file: string, view: FleetView | undefined): Promise<string | undefined> {
  if (view?.outline === undefined) return undefined
  return renderModuleFile(await view.role(file), fileAddress, view.outline.root)
}

async function packageMarkdown(
  { path, container }: PackageTarget,
  view: FleetView | undefined,
): Promise<string | undefined> {
  if (view?.outline === undefined) return undefined
  const hosts = await hostsOf({ container, alsoIn: [] }, view)
  if (hosts?.length === 0) return noHostMarkdown({ path, container }, view.outline.noHosts)
  const answer = await view.package(path, hosts)
  if (answer.hosts.length > 0) return renderPackage(answer, fileAddress, view.outline.root)
  const found = await view.describe("pkgs", path)
  return found && renderFunction(["pkgs", ...path].join("."), found, fileAddress, view.outline.root)
}

/** A function, or the flake input that the path begins with if no function is there. */
async function functionMarkdown(
  { root, path }: FunctionTarget,
  view: FleetView | undefined,
): Promise<string | undefined> {
  if (view?.outline === undefined) return undefined
  const found = await view.describe(root, path)
  const name = root === "inputs" ? path.join(".") : [root, ...path].join(".")
  if (found !== undefined) return renderFunction(name, found, fileAddress, view.outline.root)
  return root === "inputs" ? inputMarkdown([path[0]], view.outline) : undefined
}

/** Says that no host has this. @param noHosts why the fleet has no hosts at all, if it has none */
function noHostMarkdown({ path, container }: InModule, noHosts: string | undefined): string {
  const shown = path.join(".")
  if (noHosts !== undefined) return renderNoHosts(shown, noHosts)
  const { option = [], names = [] } = container ?? {}
  // The option itself may be the module.
  return renderNoImporter(shown, (names.length > 0 ? names : option).join("."))
}

function aspectMarkdown({ container }: AspectTarget, fleet: Fleet | undefined): string | undefined {
  const aspect = fleet && aspectOf(container, fleet)
  return aspect && renderAspect(container.names.join("."), aspect, fileAddress, fleet.root)
}

function aspectOf(ref: ContainerRef, fleet: Fleet): Aspect | undefined {
  const wanted = aspectKey(nameOf(ref, fleet.containers))
  return fleet.aspects.find(aspect => aspectKey(aspect) === wanted)
}

function nameOf({ option, names: parts }: ContainerRef, containers: readonly AspectContainer[]): AspectName {
  return aspectAt([...option, ...parts], containers) ?? nameBelow(option, parts, undefined)
}
