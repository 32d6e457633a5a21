// A host: its configuration, which the module system may refuse, and the modules that it is made of.
//
// It never leaves the evaluation thread. Each part is evaluated when first asked for, and kept.

import { Attrs, EvalError, type Evaluator, fromPlain, intern } from "../../eval/index.js"
import {
  attempt,
  importCircle,
  type ModuleNode,
  moduleGraph,
  refusalsOf,
  tryText,
  withoutCheck,
} from "../../modules/index.js"
import { moduleComplaint } from "../check/module-complaint.js"
import { userHomes } from "../frameworks/home-manager.js"
import type { HostClass } from "../model.js"

export class HostHandle {
  readonly class: HostClass
  private evaluated: Attrs | EvalError | undefined
  private checked: TolerantConfiguration | EvalError | undefined
  private notChecked: Attrs | undefined
  private modules: { readonly graph: readonly ModuleNode[] | undefined } | undefined
  private homes: readonly (readonly ModuleNode[])[] | undefined

  /**
   * @param evaluate makes its configuration; may throw an EvalError
   * @param handedOn what the flake has for it, where that is more than the configuration; may throw an EvalError
   */
  constructor(
    private readonly ev: Evaluator,
    readonly name: string,
    hostClass: HostClass,
    private readonly evaluate: () => Attrs,
    private readonly handedOn?: () => Attrs,
  ) {
    this.class = hostClass
  }

  /**
   * What a tool that builds the system takes it from. `homeManagerConfiguration` refuses a home that fails an assertion, of which
   * its configuration alone knows nothing.
   * @throws EvalError
   */
  output(): Attrs | undefined {
    return this.handedOn?.()
  }

  /**
   * The result of the module evaluation, or why there is none. If it sets options that do not exist, it is evaluated without them;
   * `complaints` has the errors.
   */
  configuration(): Attrs | EvalError {
    const tolerant = this.tolerant()
    return tolerant instanceof EvalError ? tolerant : tolerant.configuration
  }

  /** Why Nix refuses the configuration, although its other options can be evaluated: it says only the first of these. */
  complaints(): readonly EvalError[] {
    const tolerant = this.tolerant()
    return tolerant instanceof EvalError ? [] : tolerant.complaints
  }

  /** The configuration without the check that every definition has an option: cheaper if only little is read. */
  unchecked(): Attrs | EvalError {
    const found = this.evaluation()
    if (found instanceof EvalError) return found
    return (this.notChecked ??= withoutCheck(this.ev, found) ?? found)
  }

  /** The cheapest configuration in which options can be read, even if others are wrong: `unchecked`, or else `configuration`. */
  readable(): Attrs | EvalError {
    const found = this.unchecked()
    return found === this.evaluated ? this.configuration() : found
  }

  /** Whether the module system refuses modules of a class. If it knows no classes, it refuses none. */
  refuses(moduleClass: string): boolean {
    // Every home-manager that is in use with aspects knows its class.
    if (moduleClass === this.class || this.class === "homeManager") return moduleClass !== this.class
    const found = this.evaluation()
    return found instanceof EvalError || ![undefined, moduleClass].includes(tryText(this.ev, found, "class"))
  }

  /** The import tree; undefined if there is none. */
  graph(): readonly ModuleNode[] | undefined {
    if (this.modules === undefined) {
      const found = this.evaluation()
      this.modules = { graph: found instanceof Attrs ? moduleGraph(this.ev, found) : undefined }
    }
    return this.modules.graph
  }

  /** The import trees of its users' homes, where home-manager is part of the host. */
  homeGraphs(): readonly (readonly ModuleNode[])[] {
    return (this.homes ??= this.readHomes())
  }

  private readHomes(): readonly (readonly ModuleNode[])[] {
    const { ev } = this
    // A standalone home has no users, and finding that out would cost as much as its own tree.
    if (this.class === "homeManager") return []
    const found = this.graph() === undefined ? this.configuration() : this.readable()
    if (!(found instanceof Attrs)) return []
    return userHomes(ev, found).map(({ configuration }) => moduleGraph(ev, configuration) ?? [])
  }

  private evaluation(): Attrs | EvalError {
    if (this.evaluated !== undefined) return this.evaluated
    const outcome = attempt(this.ev, this.evaluate)
    // An error that depends on the caller may not come the next time.
    if (outcome.error?.dependsOnAsker) return outcome.error
    this.evaluated = outcome.error ?? outcome.value
    return this.evaluated
  }

  private tolerant(): TolerantConfiguration | EvalError {
    if (this.checked !== undefined) return this.checked
    const found = this.evaluation()
    if (found instanceof EvalError) return found
    this.checked = withoutUnknown(this.ev, found)
    return this.checked
  }
}

interface TolerantConfiguration {
  readonly configuration: Attrs
  readonly complaints: readonly EvalError[]
}

/**
 * A configuration whose options can be read. The module system refuses a configuration as a whole if it sets an option that does
 * not exist. While somebody types a name, that would take every answer away, so it is evaluated again without that check.
 */
function withoutUnknown(ev: Evaluator, configuration: Attrs): TolerantConfiguration | EvalError {
  const options = attempt(ev, () => ev.attrs(configuration.get(intern("options")) ?? null))
  // Otherwise every further question would overflow the stack again, which takes a second each time.
  if (options.error?.code === "stack-overflow") return importCircle(ev, configuration) ?? options.error
  if (options.error === undefined || moduleComplaint(options.error)?.code !== "unknown-option")
    return { configuration, complaints: [] }
  const extend = configuration.get(intern("extendModules"))
  const modules = fromPlain({ modules: [{ _file: "canopy", _module: { check: false } }] })
  const again = attempt(ev, () => {
    if (extend === undefined) throw options.error
    const extended = ev.attrs(ev.call(ev.force(extend), modules))
    ev.attrs(extended.get(intern("options")) ?? null)
    return extended
  })
  if (again.error !== undefined) return { configuration, complaints: [] }
  const complaints = refusalsOf(ev, configuration)
  return { configuration: again.value, complaints: complaints.length > 0 ? complaints : [options.error] }
}
