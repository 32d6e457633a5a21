// Reads the command line by a table of flags. Flags and operands may be mixed, `--flag=value` means `--flag value`, and after
// `--` everything is an operand.

/** Each flag with the number of values that follow it. */
export type Flags = Readonly<Record<string, 0 | 1 | 2>>

/** The command line is wrong: the message goes to stderr with the usage, and the exit status is 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "UsageError"
  }
}

/** A flag as it stands on the command line, with its values. */
export interface FlagUse {
  readonly flag: string
  readonly values: readonly string[]
}

/** What the command line says. `F` are the flags that the command knows. */
export class Given<F extends string> {
  constructor(
    readonly operands: readonly string[],
    private readonly uses: readonly FlagUse[],
  ) {}

  has(flag: F): boolean {
    return this.uses.some(use => use.flag === flag)
  }

  /** The value of a flag of which only the last one counts. */
  one(flag: F): string | undefined {
    return this.all(flag).at(-1)
  }

  /** The values of a flag that may be repeated. */
  all(flag: F): string[] {
    return this.each(flag).map(([value]) => value)
  }

  /** The pairs of a flag that takes two values. */
  pairs(flag: F): [string, string][] {
    return this.each(flag).map(([first, second]) => [first, second])
  }

  /** The uses of some flags, in their order: where several set the same thing, the last one counts. */
  inOrder(flags: readonly F[]): readonly FlagUse[] {
    const wanted = new Set<string>(flags)
    return this.uses.filter(({ flag }) => wanted.has(flag))
  }

  /** The only operand, or the default. @throws UsageError when there are more */
  operand(fallback: string): string {
    if (1 < this.operands.length) throw new UsageError(`unexpected argument '${this.operands[1]}'`)
    return this.operands[0] ?? fallback
  }

  private each(flag: F): readonly (readonly string[])[] {
    return this.uses.filter(use => use.flag === flag).map(({ values }) => values)
  }
}

/**
 * Reads the arguments that follow the command's name.
 * @param aliases other spellings of flags, such as `-f` of `--file`
 * @throws UsageError for a flag that is not in the table, or that lacks its values
 */
export function readArguments<F extends string>(
  args: readonly string[],
  flags: Readonly<Record<F, 0 | 1 | 2>>,
  aliases: Readonly<Record<string, F>> = {},
): Given<F> {
  const reader = new Reader(args, flags, aliases)
  reader.read()
  return new Given<F>(reader.operands, reader.uses)
}

class Reader {
  readonly operands: string[] = []
  readonly uses: FlagUse[] = []
  private at = 0

  constructor(
    private readonly args: readonly string[],
    private readonly flags: Flags,
    private readonly aliases: Readonly<Record<string, string>>,
  ) {}

  read(): void {
    while (this.at < this.args.length) {
      const argument = this.args[this.at++]
      if (argument === "--") {
        this.operands.push(...this.args.slice(this.at))
        return
      }
      if (argument.startsWith("-") && argument !== "-") this.flag(argument)
      else this.operands.push(argument)
    }
  }

  private flag(argument: string): void {
    const equals = argument.startsWith("--") ? argument.indexOf("=") : -1
    const written = equals < 0 ? argument : argument.slice(0, equals)
    const flag = this.aliases[written] ?? written
    const count = Object.hasOwn(this.flags, flag) ? this.flags[flag] : undefined
    if (count === undefined) throw new UsageError(`unrecognised flag '${written}'`)
    const values = equals < 0 ? [] : [argument.slice(equals + 1)]
    while (values.length < count) values.push(this.next(written, count, values.length))
    if (count < values.length) throw new UsageError(`flag '${written}' takes no value`)
    this.uses.push({ flag, values })
  }

  private next(flag: string, wanted: number, found: number): string {
    if (this.args.length <= this.at)
      throw new UsageError(
        `flag '${flag}' requires ${wanted} argument(s), but only ${found} ${found === 1 ? "was" : "were"} given`,
      )
    return this.args[this.at++]
  }
}
