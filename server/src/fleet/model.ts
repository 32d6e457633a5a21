// The fleet as data, ready for the tree view, the hover, the command line and deploy.
//
// It is inert: nothing here computes, everything survives JSON, and every field name is part of the command line's contract
// (`--json`). Unknown is an answer: a field that could not be computed is absent, and an `error` beside it says why.

export type HostClass = "nixos" | "darwin" | "homeManager"

/** Tools that deploy whole fleets. */
export type Deployer = "clan" | "colmena" | "deploy-rs"

/** A place in a file, both counting from 1, columns in bytes as Nix counts them. `column` is 0 when only the line is known. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A stretch of a file; `end` is exclusive. */
export interface SourceRange {
  readonly file: string
  readonly range: {
    readonly start: { readonly line: number; readonly column: number }
    readonly end: { readonly line: number; readonly column: number }
  }
}

/** One machine, or one standalone home. */
export interface Host {
  readonly name: string
  readonly class: HostClass
  /** Nix system double, such as `aarch64-darwin`; empty when evaluation could not say. */
  readonly system: string
  readonly tags: readonly string[]
  /** Where a deploy would go (`user@host`), empty when unknown. */
  readonly target: string
  /** The tool that deploys the machine; absent if that is `nixos-rebuild` or the like. */
  readonly deployer?: Deployer
  /** Names of the aspects the host imports, directly or through others, in order of import. */
  readonly aspects: readonly string[]
  /** How many modules its evaluation collected. */
  readonly modules: number
  readonly drvPath?: string
  readonly error?: string
}

/** What identifies an aspect. */
export interface AspectName {
  /** The option that holds it, such as `flake.modules`. */
  readonly option: string
  /** The attribute that says which class it is for (`nixos` in `flake.modules.nixos.base`); empty if there is none. */
  readonly class: string
  readonly name: string
}

/** A named module that hosts import: one value of a (nested) `deferredModule` option. */
export interface Aspect extends AspectName {
  readonly files: readonly string[]
  readonly hosts: readonly string[]
  /** Aspects and hosts that import it directly. */
  readonly importedBy: readonly string[]
}

/** An option whose type is a (nested) `deferredModule`: attribute names below `option`, `depth` levels, name aspects. */
export interface AspectContainer {
  readonly option: readonly string[]
  readonly depth: number
  /** For aspects in submodules (`fleet.aspects.base.nixos`); elsewhere any names do, the last of which is the aspect's. */
  readonly shape?: AspectShape
  /** For an option that is another name for a part of another one, which keeps the aspects: that one, and the names of the part. */
  readonly aliasOf?: {
    readonly option: readonly string[]
    readonly names: readonly string[]
    readonly shape?: AspectShape
  }
}

export interface AspectShape {
  /** What each of the names may be: a certain one, or any but some. */
  readonly steps: readonly ({ readonly name: string } | { readonly not: readonly string[] })[]
  /** Which of the names is the aspect's; the last one is then its class. */
  readonly nameAt: number
  /** What the element of a list calls itself, in whose submodule the option lies. */
  readonly called?: string
}

export interface Definition extends SourcePlace {
  /** Lower wins: 50 mkForce, 100 plain, 1000 mkDefault, 1500 the option's own default. */
  readonly priority: number
  /** The definition's value, rendered as Nix; what could not be evaluated reads `«error: ..»`. */
  readonly valueText: string
  readonly wins: boolean
  /** The value of the enclosing `mkIf` conditions, where there are any. */
  readonly condition?: "true" | "false"
  /** The aspect that the definition came through, such as `flake.modules.nixos.base`. */
  readonly via?: string
  /** Where the fleet writes it, if its module has no file of its own and is named after another one. */
  readonly written?: SourcePlace
}

/** What has options: a host, or the configuration that makes the flake's outputs. */
export type OptionClass = HostClass | "flake" | "perSystem"

/**
 * An option's value on a host; or, with the name `flake.nix`, in the configuration that makes the flake's outputs; or, with the name of
 * a system, in what `perSystem` makes for it.
 */
export interface OptionOnHost {
  readonly host: string
  /** The user of the host whose home has the option, where it is not the host's own. */
  readonly user?: string
  readonly class: OptionClass
  /** The value as JSON where it has such a form. */
  readonly value?: unknown
  readonly valueText: string
  readonly isDefined: boolean
  readonly highestPrio: number
  readonly type: string
  readonly description: string
  /** The option's default, rendered as Nix, or its `defaultText`. */
  readonly default?: string
  readonly declarations: readonly SourcePlace[]
  readonly definitions: readonly Definition[]
  readonly error?: string
}

/** What lies right below the path of a set of options on a host. */
export interface OptionsOnHost {
  readonly host: string
  /** The user of the host whose home has them, where they are not the host's own. */
  readonly user?: string
  readonly options: readonly OptionInSet[]
}

export interface OptionInSet {
  readonly name: string
  /** It holds options and is none. */
  readonly holdsOptions: boolean
  /** Its value, where a module sets it and does not only declare it. */
  readonly valueText?: string
  /** Where the first of the definitions are that it is made of, those of the fleet itself before others. */
  readonly places?: readonly SourcePlace[]
}

export interface OptionAnswer {
  readonly path: string
  readonly hosts: readonly OptionOnHost[]
  /** Where the path leads to a set of options: those in it. */
  readonly sets?: readonly OptionsOnHost[]
  /** Where it leads nowhere: paths that may have been meant. */
  readonly near?: readonly string[]
  /** Where it leads nowhere: whether systems were asked (`perSystem`), and no hosts. */
  readonly isForSystems?: boolean
}

/** Where the path of a function begins: at the `lib` of modules, at the flake's inputs, or at the packages of a host. */
export type FunctionRoot = "lib" | "inputs" | "pkgs"

/** A function, or a type of options, that modules name by a path such as `lib.mkDefault`. */
export interface FunctionAnswer {
  /** Names of its arguments, as far as they are written. */
  readonly args: readonly string[]
  /** The comment above it; empty if there is none. */
  readonly comment: string
  readonly place?: SourcePlace
  /** The builtin that it is. */
  readonly builtin?: string
  /** For a type of options, how it describes its values. */
  readonly typeOf?: string
}

/** A package on a host. */
export interface PackageOnHost {
  readonly host: string
  readonly version: string
  readonly description: string
  readonly homepage: string
  /** Where it is defined, as it says itself. */
  readonly place?: SourcePlace
  /** Why the host cannot have it. */
  readonly error?: string
}

export interface PackageAnswer {
  readonly path: string
  /** Hosts without it are left out. */
  readonly hosts: readonly PackageOnHost[]
}

/** The part that a file has in a fleet. */
export interface FileRole {
  readonly file: string
  /** Whether it is a module of a host, or of what makes the outputs. */
  readonly imported: boolean
  readonly hosts: readonly string[]
  /** Options that it came through, such as `flake.modules.nixos.base`. */
  readonly via: readonly string[]
  /** How it is imported, or why it is not, as the end of a sentence. */
  readonly why: string
  /** The place that decides. */
  readonly at?: SourcePlace
}

/** Something that `check` found; in the editor a diagnostic. */
export interface Finding extends SourceRange {
  readonly severity: "error" | "warning" | "information"
  readonly code: string
  readonly message: string
  /** The hosts concerned; empty when it concerns none in particular. */
  readonly hosts: readonly string[]
  readonly related: readonly (SourcePlace & { readonly message: string })[]
  /** What Canopy can do about it when the person says so. */
  readonly fix?: FindingFix
}

export type FindingFix =
  /** Fetch the inputs that are missing. */
  | { readonly kind: "fetch" }
  /** Build this derivation, whose result evaluation imports. */
  | { readonly kind: "build"; readonly derivation: string }
  /** Tell git about this file, which is imported but not tracked. */
  | { readonly kind: "track"; readonly path: string }
  /** Bring flake.lock up to date with flake.nix. */
  | { readonly kind: "lock" }
  /** Change a misspelled name to one of those that may have been meant. */
  | { readonly kind: "rename"; readonly from: string; readonly to: readonly string[] }
  /** Remove what is bound there: a fallback without need. */
  | { readonly kind: "remove" }

export interface PlanStep {
  readonly title: string
  /** Program and arguments; empty for a step that only the person can take. */
  readonly command: readonly string[]
  /** Where it runs: `here` or the host's name. */
  readonly on: string
}

export interface HostPlan {
  readonly host: string
  /** The tool that acts: `clan`, `colmena`, `deploy`, `nixos-rebuild`, `darwin-rebuild` or `home-manager`. */
  readonly backend: string
  readonly steps: readonly PlanStep[]
  /** What is known to change, in words. */
  readonly changes: readonly string[]
  readonly warnings: readonly string[]
}

export interface Plan {
  readonly hosts: readonly HostPlan[]
}

export interface Channel {
  readonly name: string
  readonly input: string
  readonly rev: string
}

export interface Fallback {
  readonly name: string
  readonly file: string
  readonly line: number
  /** Systems it applies to, as the overlay guards it; empty means all. */
  readonly systems: readonly string[]
  /** The channel the package is taken from. */
  readonly from: string
  readonly versions: Readonly<Record<string, string>>
  readonly state: "needed" | "removable" | "unknown"
  readonly why: string
}

export interface BrokenPackage {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly hosts: readonly string[]
  readonly systems: readonly string[]
  readonly why: string
  readonly kind: "broken" | "unsupported" | "insecure" | "unfree" | "error"
  readonly fallback?: string
}

export interface Packages {
  readonly channels: readonly Channel[]
  readonly fallbacks: readonly Fallback[]
  readonly broken: readonly BrokenPackage[]
}

/** The aspects of a fleet, and the names of all its hosts. */
export interface FleetAspects {
  readonly hosts: readonly string[]
  readonly aspects: readonly Aspect[]
}

/** What is known about a fleet once its flake is evaluated, before any host is. */
export interface FleetOutline {
  /** Absolute path of the folder that holds flake.nix. */
  readonly root: string
  readonly containers: readonly AspectContainer[]
  readonly inputs: readonly LockedInput[]
  /** Why there are no hosts, on one line, if there are none. */
  readonly noHosts?: string
  /** Why Nix would evaluate nothing of it, if it could not lock the inputs. */
  readonly unlocked?: string
}

/** The same, with the names of the hosts. */
export interface ListedFleet extends FleetOutline {
  readonly hostNames: readonly string[]
}

/** What flake.lock says about an input of the flake. */
export interface LockedInput {
  readonly name: string
  /** As the flake refers to it. */
  readonly url: string
  readonly rev?: string
  /** Seconds since 1970. */
  readonly lastModified?: number
  /** The input that it is, instead of one of its own: `nixpkgs`, or `clan-core/nixpkgs`. */
  readonly follows?: string
  /** Its own inputs, without theirs. */
  readonly inputs?: readonly LockedInput[]
}

/** All that a tree view needs in one message. */
export interface Fleet extends FleetOutline {
  readonly hosts: readonly Host[]
  readonly aspects: readonly Aspect[]
  /** Why there may be more hosts than these, on one line, if an output or a file could not be evaluated in full. */
  readonly incomplete?: string
}
