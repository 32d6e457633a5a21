// What can be under the cursor, as data: what target-at.ts finds and hover shows.

import type { TextRange } from "../../base/index.js"
import type { FunctionRoot } from "../../fleet/index.js"
import type { Local } from "../../syntax/index.js"
import type { HostName } from "./host-name.js"
import type { ContainerRef } from "./module-place.js"

export type Target =
  | OptionTarget
  | AspectTarget
  | BuiltinTarget
  | BindingTarget
  | InputTarget
  | FileTarget
  | PackageTarget
  | FunctionTarget
  | HostTarget

/** An option: set, declared or read here. */
export interface OptionTarget {
  readonly kind: "option"
  readonly path: readonly string[]
  /** The aspect that the module here belongs to; undefined when the file itself is the module. */
  readonly container?: ContainerRef
  /** Further aspects, if one value serves several. */
  readonly alsoIn: readonly ContainerRef[]
  readonly read: boolean
  /** `options.x = mkOption ..`. */
  readonly declaration: boolean
  /** Whether a home reads the configuration of its machine (`osConfig`). */
  readonly ofMachine: boolean
  /** The variable that it is read into, when the cursor is on that. */
  readonly local?: BindingTarget
  readonly range: TextRange
}

/** An aspect by name, where a file contributes to it or imports it. */
export interface AspectTarget {
  readonly kind: "aspect"
  readonly container: ContainerRef
  readonly read: boolean
  readonly range: TextRange
}

export interface BuiltinTarget {
  readonly kind: "builtin"
  /** Without `builtins.` and without leading underscores. */
  readonly name: string
  readonly range: TextRange
}

/** A name that the file itself binds, at its definition or at a use. */
export interface BindingTarget {
  readonly kind: "binding"
  readonly name: string
  readonly role: Local["role"]
  /** The name where it is bound. */
  readonly definition: TextRange
  /** The whole binding. */
  readonly site: TextRange
  readonly range: TextRange
}

export interface InputTarget {
  readonly kind: "input"
  /** Its name; behind it, that of an input of it. */
  readonly path: readonly string[]
  readonly range: TextRange
}

/** A literal path that may lead to a module. */
export interface FileTarget {
  readonly kind: "file"
  /** As written. */
  readonly path: string
  readonly range: TextRange
}

export interface PackageTarget {
  readonly kind: "package"
  readonly path: readonly string[]
  /** The aspect whose module this is in. */
  readonly container: ContainerRef | undefined
  readonly range: TextRange
}

/** A name in a library. Only evaluation knows whether it is a function. */
export interface FunctionTarget {
  readonly kind: "function"
  readonly root: FunctionRoot
  readonly path: readonly string[]
  readonly range: TextRange
}

/** A name that may be a host's, or a tag of hosts. Only the loaded fleet knows. */
export interface HostTarget extends HostName {
  readonly kind: "host"
  /** What it is if no host is called so. */
  readonly otherwise: Target | undefined
}
