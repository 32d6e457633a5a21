// Finds what fails inside the value of an option: the value as a whole, elements of lists and sets, and options of submodules.
//
// Evaluation is lazy, so a list with a bad element is fine until somebody looks at it. The person who wrote the element wants to know
// now. Only what types promise is looked at: things inside a value of type `anything` or `pkgs` may fail by design, as removed
// packages do. And in submodules and sets, only what the person's own files set is looked at: a submodule may be a whole
// configuration, and what its own modules define took 14 of the 20 s of checking a host with a home.

import {
  Attrs,
  EvalError,
  type Evaluator,
  intern,
  isFunction,
  isString,
  type Lazy,
  textOf,
  type Value,
} from "../eval/index.js"
import { Allowance } from "./allowance.js"
import { attempt, tryAttr, tryAttrs, tryForce, tryList, tryText } from "./attempt.js"
import { definitionsBelow, definitionsOf, type RawDefinition } from "./definition.js"
import { splitFile } from "./graph.js"
import { type InOption, isOption, type Target } from "./option-target.js"
import { refusalsOf } from "./refusals.js"
import { optionsOf } from "./unchecked.js"

/** How many values of an option are looked at: enough for anything that people write by hand. */
const MAX_VALUES = 3000

const VALUE = intern("value")

/**
 * Classes of whole systems. One inside of a host (`virtualisation.vmVariant`, a specialisation) is made of the host's own modules
 * again, and what they set may well fail in it, where nobody asks for it.
 */
const systems: ReadonlySet<string> = new Set(["nixos", "darwin"])

/**
 * All failures in an option, or in a part of one. An option that nobody sets has none.
 * @param isOwn whether a file is the person's own, named as the module system names it
 * @param limit how many values to look at
 */
export function valueErrors(
  ev: Evaluator,
  target: InOption,
  isOwn: (file: string) => boolean,
  limit = MAX_VALUES,
  allowance = new Allowance(),
): EvalError[] {
  const search = new Search(ev, isOwn, limit, allowance)
  search.option(target.option, target.kind === "member" ? target.rest : [])
  return [...search.errors]
}

/** Failures in the declaration of an option: in its type, which is a function if it lacks an argument. */
export function declarationErrors(
  ev: Evaluator,
  { option }: Extract<Target, { kind: "option" }>,
): EvalError[] {
  const place = option.get(intern("type"))
  const { error, value } = attempt(ev, () => (place === undefined ? undefined : ev.force(place)))
  if (error !== undefined) return [error]
  if (value === undefined || value instanceof Attrs) return []
  const found = isFunction(value) ? "a function, which lacks an argument" : "none of 'lib.types'"
  return [new EvalError("type", `the type of this option is ${found}`)]
}

/** What is known of a value: its type, and what checking it left behind (`valueMeta`). */
interface Checked {
  readonly optionType: Attrs | undefined
  readonly meta: Attrs | undefined
  /** The definitions of it in own files; undefined where it is not known which these are, so that all of it is looked at. */
  readonly own: readonly RawDefinition[] | undefined
}

class Search {
  readonly errors = new Set<EvalError>()
  private looked = 0

  constructor(
    private readonly ev: Evaluator,
    private readonly isOwn: (file: string) => boolean,
    private readonly limit: number,
    private readonly allowance: Allowance,
  ) {}

  option(option: Attrs, rest: readonly string[]): void {
    const place = option.get(VALUE)
    if (place === undefined || tryAttr(this.ev, option, "isDefined") === false) return
    const written = definitionsOf(this.ev, option).filter(
      ({ file, isDefault }) => !isDefault && this.isOwn(splitFile(file).file),
    )
    const own = written.filter(({ condition }) => condition !== false)
    // Set behind conditions that do not hold: nobody asked for what others make of it, and nobody may ever look.
    if (own.length === 0 && written.some(({ error }) => error === undefined)) return
    const checked = {
      optionType: tryAttrs(this.ev, option, "type"),
      meta: tryAttrs(this.ev, option, "valueMeta"),
      own: own.length > 0 ? own : undefined,
    }
    this.part(place, checked, rest)
  }

  /** Follows names into a value, then looks at everything in it. */
  private part(place: Lazy, checked: Checked, rest: readonly string[]): void {
    if (this.allowance.isSpent(++this.looked, this.limit)) return
    const outcome = attempt(this.ev, () => this.ev.force(place))
    if (outcome.error !== undefined) {
      this.errors.add(outcome.error)
      // A submodule that sets an option that does not exist fails as a whole.
      if (rest.length === 0) this.submodule(checked)
    } else if (rest.length === 0) this.inside(outcome.value, checked)
    else if (outcome.value instanceof Attrs) {
      const [name, ...below] = rest
      const member = outcome.value.get(intern(name))
      if (member !== undefined) this.part(member, this.element(checked, name), below)
    }
  }

  private inside(value: Value, checked: Checked): void {
    const kind = tryText(this.ev, checked.optionType, "name")
    switch (kind) {
      case "nullOr":
        return this.inside(value, { ...checked, optionType: this.elementType(checked) })
      case "listOf":
        if (Array.isArray(value)) this.list(value, checked)
        return
      case "attrsOf":
      case "lazyAttrsOf":
        if (value instanceof Attrs) this.attrs(value, checked)
        return
      case "submodule":
        return this.submodule(checked)
    }
  }

  private list(list: readonly Lazy[], checked: Checked): void {
    const optionType = this.elementType(checked)
    const metas = tryList(this.ev, checked.meta, "list")
    list.forEach((place, i) => {
      const meta = i < metas.length ? tryForce(this.ev, metas[i]) : undefined
      this.part(place, { optionType, meta: meta instanceof Attrs ? meta : undefined, own: undefined }, [])
    })
  }

  private attrs(attrs: Attrs, checked: Checked): void {
    for (const slot of attrs.shape.sorted) {
      const element = this.element(checked, attrs.shape.nameAt(slot))
      if (element.own?.length !== 0) this.part(attrs.at(slot), element, [])
    }
  }

  private element(checked: Checked, name: string): Checked {
    const meta = tryAttrs(this.ev, checked.meta, "attrs", name)
    const own = checked.own && definitionsBelow(this.ev, checked.own, [name])
    return { optionType: this.elementType(checked), meta, own }
  }

  private elementType({ optionType }: Checked): Attrs | undefined {
    return tryAttrs(this.ev, optionType, "nestedTypes", "elemType")
  }

  private submodule({ meta }: Checked): void {
    const configuration = tryAttrs(this.ev, meta, "configuration")
    if (configuration === undefined || systems.has(tryText(this.ev, configuration, "class") ?? "")) return
    for (const error of refusalsOf(this.ev, configuration)) this.errors.add(error)
    const options = optionsOf(this.ev, configuration).value
    if (options !== undefined) this.options(options)
  }

  private options(level: Attrs): void {
    for (const slot of level.shape.sorted) {
      if (this.allowance.isSpent(++this.looked, this.limit)) return
      if (level.shape.nameAt(slot) === "_module") continue
      const found = tryForce(this.ev, level.at(slot))
      if (!(found instanceof Attrs)) continue
      if (!isOption(this.ev, found)) this.options(found)
      else if (tryAttr(this.ev, found, "isDefined") === true && this.isSet(found)) this.option(found, [])
    }
  }

  private isSet(option: Attrs): boolean {
    return tryList(this.ev, option, "files").some(place => {
      const file = tryForce(this.ev, place)
      return file !== undefined && isString(file) && this.isOwn(splitFile(textOf(file)).file)
    })
  }
}
