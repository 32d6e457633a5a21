// The digits of a float as the JSON library behind Nix finds them: Florian Loitsch's Grisu2.
//
// Grisu2 is fast because it works in 64 bits, and for that gives up being the shortest in about one case in 400
// (0.00958686 becomes 0.009586860000000001). A derivation's hash covers that text, so the short way out, JavaScript's own
// digits, is not open. Numbers here are `f * 2^e` with `f` of 64 bits, as bigints: floats in JSON are rare.

/** Decimal digits without zeros at the end, and how many of them stand before the point. */
export interface Digits {
  readonly digits: string
  readonly point: number
}

interface Scaled {
  readonly f: bigint
  readonly e: number
}

/** Digits that read back as `x`, which must be positive and finite. */
export function grisuDigits(x: number): Digits {
  const { value, low, high } = boundaries(x)
  const power = cachedPower(high.e)
  const scaled = multiply(value, power)
  // One unit less on either side makes up for the rounding of the products.
  const lowest = multiply(low, power).f + 1n
  const highest = multiply(high, power)
  const generated = generate(lowest, scaled.f, { f: highest.f - 1n, e: highest.e })
  return { digits: generated.digits, point: generated.digits.length + generated.exponent - power.k }
}

// `x` and the middles between it and its neighbours, all three with the exponent of the highest.
function boundaries(x: number): { value: Scaled; low: Scaled; high: Scaled } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, x)
  const raw = bits.getBigUint64(0)
  const fraction = raw & ((1n << 52n) - 1n)
  const biased = Number(raw >> 52n)
  const f = biased === 0 ? fraction : fraction | (1n << 52n)
  const e = (biased === 0 ? 1 : biased) - 1075
  const high = normalized({ f: f * 2n + 1n, e: e - 1 })
  // Below a power of two the neighbour is only half as far away.
  const isCloser = fraction === 0n && biased > 1
  const low = isCloser ? { f: f * 4n - 1n, e: e - 2 } : { f: f * 2n - 1n, e: e - 1 }
  return {
    value: normalized({ f, e }),
    low: { f: low.f << BigInt(low.e - high.e), e: high.e },
    high,
  }
}

function normalized({ f, e }: Scaled): Scaled {
  const shift = 64 - f.toString(2).length
  return { f: f << BigInt(shift), e: e - shift }
}

function multiply(a: Scaled, b: Scaled): Scaled {
  return { f: (a.f * b.f + (1n << 63n)) >> 64n, e: a.e + b.e + 64 }
}

const powers = new Map<number, Scaled>()

// A power of ten, one of every eighth, that brings a number with binary exponent `e` to an exponent of -60 to -32.
function cachedPower(e: number): Scaled & { readonly k: number } {
  const wanted = -60 - e - 1
  // 78913 / 2^18 is the logarithm of 2 to base 10, as near as the exponents of doubles need it.
  const least = Math.trunc((wanted * 78913) / 2 ** 18) + (wanted > 0 ? 1 : 0)
  const k = -300 + 8 * Math.floor((300 + least + 7) / 8)
  let power = powers.get(k)
  if (power === undefined) powers.set(k, (power = powerOfTen(k)))
  return { ...power, k }
}

// 10^k in 64 bits, rounded to the nearest.
function powerOfTen(k: number): Scaled {
  if (k >= 0) {
    const exact = 10n ** BigInt(k)
    const excess = exact.toString(2).length - 64
    if (excess <= 0) return { f: exact << BigInt(-excess), e: excess }
    return carried((exact + (1n << BigInt(excess - 1))) >> BigInt(excess), excess)
  }
  const divisor = 10n ** BigInt(-k)
  const shift = divisor.toString(2).length + 63
  return carried(((1n << BigInt(shift + 1)) / divisor + 1n) >> 1n, -shift)
}

function carried(f: bigint, e: number): Scaled {
  return f >> 64n === 0n ? { f, e } : { f: f >> 1n, e: e + 1 }
}

// Digits from the top until what is left cannot take the number out of its interval.
function generate(lowest: bigint, value: bigint, highest: Scaled): { digits: string; exponent: number } {
  const unit = BigInt(-highest.e)
  const one = 1n << unit
  let delta = highest.f - lowest
  let distance = highest.f - value
  const whole = (highest.f >> unit).toString()
  let fraction = highest.f & (one - 1n)
  for (let count = 1; count <= whole.length; count++) {
    const left = whole.length - count
    const rest = (BigInt(whole.slice(count) || "0") << unit) + fraction
    if (rest > delta) continue
    const step = (10n ** BigInt(left)) << unit
    return { digits: rounded(whole.slice(0, count), distance, delta, rest, step), exponent: left }
  }
  let digits = whole
  let exponent = 0
  do {
    fraction *= 10n
    digits += String(fraction >> unit)
    fraction &= one - 1n
    exponent--
    delta *= 10n
    distance *= 10n
  } while (fraction > delta)
  return { digits: rounded(digits, distance, delta, fraction, one), exponent }
}

// Lowers the last digit while that brings the number nearer to the value and keeps it in the interval.
function rounded(digits: string, distance: bigint, delta: bigint, rest: bigint, step: bigint): string {
  let last = Number(digits.at(-1))
  while (
    rest < distance &&
    delta - rest >= step &&
    (rest + step < distance || distance - rest > rest + step - distance)
  ) {
    last--
    rest += step
  }
  return digits.slice(0, -1) + last
}
