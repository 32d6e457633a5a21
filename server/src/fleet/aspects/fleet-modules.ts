// What the hosts of a fleet are made of: which files, through which aspects. Read from every host once, and kept as data.

import type { Evaluator } from "../../eval/index.js"
import { splitAttrPath } from "../attr-path.js"
import type { Evaluation } from "../evaluation.js"
import type { FleetPaths } from "../fleet-paths.js"
import type { HostHandle } from "../hosts/host-handle.js"
import { type HostModules, modulesOfHost } from "../hosts/host-modules.js"
import type { HostVisits } from "../hosts/host-visits.js"
import type { Aspect, AspectContainer, AspectName } from "../model.js"
import { importersOf, type WantedAspect, wantedAspect } from "./aspect-importers.js"
import { aspectKey } from "./aspect-path.js"
import { containersOf, type HeldAspects, heldAspects, listAspects } from "./aspects.js"
import { LateAspects } from "./late-aspects.js"
import { type ModuleUse, moduleUses } from "./module-uses.js"

export class FleetModules {
  private readonly ofHosts
  private readonly lateAspects = new LateAspects()
  private readonly known: {
    isListing?: boolean
    containers?: readonly AspectContainer[]
    uses?: ReadonlyMap<string, readonly ModuleUse[]>
    aspects?: readonly Aspect[]
  } = {}

  constructor(
    private readonly evaluation: Evaluation,
    private readonly paths: FleetPaths,
    hosts: HostVisits,
  ) {
    this.ofHosts = hosts.factsOf(host => this.read(host))
  }

  private get ev(): Evaluator {
    return this.evaluation.flake.evaluator
  }

  private read(host: HostHandle): HostModules {
    const { ev, evaluation, paths } = this
    const { moduleFile } = paths
    const modules = modulesOfHost(host, file => paths.isOwn(moduleFile(file)))
    if (!this.isListingAspects)
      this.lateAspects.add(modules, labels =>
        heldAspects(ev, evaluation.lateOptions(labels), labels, moduleFile),
      )
    return modules
  }

  /** The containers that are known before any host is evaluated. */
  get listedContainers(): readonly AspectContainer[] {
    return this.known.containers ?? containersOf(this.evaluation.listedOptions)
  }

  get containers(): readonly AspectContainer[] {
    return (this.known.containers ??= this.isListingAspects
      ? containersOf(this.evaluation.listedOptions)
      : this.held.containers)
  }

  /** Whether listing the hosts makes the options with aspects. If it makes none, evaluating the hosts may. */
  private get isListingAspects(): boolean {
    return (this.known.isListing ??= this.evaluation.listedOptions.length > 0)
  }

  private get held(): HeldAspects {
    return this.heldWith([])
  }

  /** @param labels of modules that hosts import */
  private heldWith(labels: readonly string[]): HeldAspects {
    if (this.isListingAspects)
      return heldAspects(this.ev, this.evaluation.listedOptions, labels, this.paths.moduleFile)
    this.ofHosts.all()
    return this.lateAspects.held
  }

  /** An aspect, to ask which configurations may have it. */
  wanted(aspect: AspectName): WantedAspect {
    return wantedAspect(this.ev, aspect, this.evaluation.listedAt(splitAttrPath(aspect.option)))
  }

  /**
   * Whether an option holds an aspect. What a text writes as one may be inside of a function, which is called with a host or a user:
   * then nothing tells who has it, since the modules that it makes have no label.
   */
  holds(aspect: AspectName): boolean {
    const key = aspectKey(aspect)
    return this.held.sightings.some(({ name }) => aspectKey(name) === key)
  }

  get aspects(): readonly Aspect[] {
    if (this.known.aspects === undefined) {
      const importers = importersOf(this.ofHosts.all(), this.containers)
      const labels = [...importers.values()].flatMap(importer => [...importer.labels.keys()])
      const { sourceRoot } = this.evaluation.flake
      const isOwn = (file: string) => file.startsWith(`${sourceRoot}/`)
      this.known.aspects = listAspects(this.heldWith(labels), importers, isOwn, this.paths.moduleFile)
    }
    return this.known.aspects
  }

  /** Which hosts each file of the fleet is a module of. */
  get uses(): ReadonlyMap<string, readonly ModuleUse[]> {
    return (this.known.uses ??= moduleUses(this.ofHosts.all(), this.paths.moduleFile))
  }

  /** Whether the modules of every host are known. */
  get isComplete(): boolean {
    return this.ofHosts.all().every(({ known }) => known)
  }
}
