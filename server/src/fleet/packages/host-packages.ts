// The packages of one host, as its modules see them.

import { Attrs, type Evaluator, identityOf, intern, type Lazy } from "../../eval/index.js"
import { attempt, findTarget, isDerivation, tryForce, tryText } from "../../modules/index.js"
import { userHomes } from "../frameworks/home-manager.js"
import { systemOf } from "../hosts/describe-host.js"
import type { HostHandle } from "../hosts/host-handle.js"
import type { PackageReference } from "./package-references.js"
import { type PackageState, packageState, packagesOf, setAt, withoutOverlays } from "./package-state.js"

/** One host's packages, asked once for each name. */
export class HostPackages {
  private readonly states = new Map<string, PackageState>()
  private base: Attrs | undefined | "unread" = "unread"
  private configurations: readonly Attrs[] | undefined

  constructor(
    private readonly ev: Evaluator,
    readonly host: HostHandle,
    readonly system: string,
    readonly pkgs: Attrs,
  ) {}

  state(path: readonly string[]): PackageState {
    const key = path.join("\0")
    let state = this.states.get(key)
    if (state === undefined) {
      state = packageState(this.ev, this.pkgs, path)
      this.states.set(key, state)
    }
    return state
  }

  /** The state of a package if there were no overlays. */
  stateWithoutOverlays(name: string): PackageState {
    if (this.base === "unread") this.base = withoutOverlays(this.ev, this.pkgs)
    return this.base === undefined ? { state: "absent" } : packageState(this.ev, this.base, [name])
  }

  /** Whether a package is the very value that a channel has. */
  comesFrom(channel: string, name: string): boolean {
    return (
      attempt(this.ev, () => {
        const own = setAt(this.ev, this.pkgs, [name])
        const there = setAt(this.ev, this.pkgs, [channel, name])
        return own !== undefined && there !== undefined && own.slot === there.slot
      }).value === true
    )
  }

  /** Whether the value of the option in which a package is named really holds it, on the host or in a home. */
  uses({ option, path }: PackageReference): boolean {
    const wanted = attempt(this.ev, () => setAt(this.ev, this.pkgs, path)).value
    if (wanted === undefined) return false
    return this.withOption(option).some(configuration => {
      const target = findTarget(this.ev, configuration, option)
      if (target.kind !== "option" && target.kind !== "member") return false
      return holds(this.ev, target.option.get(VALUE) ?? null, wanted, 0)
    })
  }

  /**
   * Whether what a package is named for is switched off, as in `programs.obs-studio.package = pkgs.obs-studio` beside an
   * `enable` that is false: then nobody asks for it. Nothing is said of an option that is in no configuration.
   */
  isSwitchedOff({ option }: PackageReference): boolean {
    const holders = this.withOption(option)
    return holders.length > 0 && holders.every(configuration => isSwitchedOff(this.ev, configuration, option))
  }

  /** The host's configuration and those of its users' homes, where they have an option. */
  private withOption(option: readonly string[]): readonly Attrs[] {
    this.configurations ??= this.readConfigurations()
    return this.configurations.filter(one => {
      const { kind } = findTarget(this.ev, one, option)
      return kind === "option" || kind === "member"
    })
  }

  private readConfigurations(): readonly Attrs[] {
    const own = this.host.configuration()
    if (!(own instanceof Attrs)) return []
    const homes = this.host.class === "homeManager" ? [] : userHomes(this.ev, own)
    return [own, ...homes.map(({ configuration }) => configuration)]
  }

  version(path: readonly string[]): string {
    const found = attempt(this.ev, () => setAt(this.ev, this.pkgs, path)).value
    return found === undefined ? "" : (tryText(this.ev, found, "version") ?? "")
  }
}

const VALUE = intern("value")

/** How deep packages are looked for inside a value: lists of packages, sets of them, services with one. */
const MAX_DEPTH = 4

/** Whether a value is a derivation, or holds it. */
function holds(ev: Evaluator, place: Lazy, wanted: Attrs, depth: number): boolean {
  const value = tryForce(ev, place)
  if (value !== undefined && identityOf(value) === identityOf(wanted)) return true
  if (depth === MAX_DEPTH) return false
  if (Array.isArray(value)) return value.some(element => holds(ev, element, wanted, depth + 1))
  if (!(value instanceof Attrs) || isDerivation(ev, value)) return false
  return value.values.some(member => holds(ev, member, wanted, depth + 1))
}

/** Whether one of the sets that an option lies in has an `enable` that is false. */
function isSwitchedOff(ev: Evaluator, configuration: Attrs, option: readonly string[]): boolean {
  return option.some((_, i) => {
    if (i === 0) return false
    const target = findTarget(ev, configuration, [...option.slice(0, i), "enable"])
    return target.kind === "option" && tryForce(ev, target.option.get(VALUE) ?? null) === false
  })
}

/** Undefined for a host that does not evaluate, or has no packages. */
export function hostPackages(ev: Evaluator, host: HostHandle): HostPackages | undefined {
  const configuration = host.configuration()
  if (!(configuration instanceof Attrs)) return undefined
  const pkgs = packagesOf(ev, configuration)
  return pkgs && new HostPackages(ev, host, systemOf(ev, configuration, host.class), pkgs)
}
