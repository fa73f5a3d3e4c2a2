/** An exact number `n / d`, `d` above zero and both without a common divisor. */
export type Fraction = { readonly n: bigint; readonly d: bigint }

export const ZERO: Fraction = { n: 0n, d: 1n }
export const ONE: Fraction = { n: 1n, d: 1n }

/** `n / d` in lowest terms; nothing (zero) where `d` is zero, so that a share of nothing is nothing. */
export function fraction(n: bigint, d = 1n): Fraction {
  if (d === 0n || n === 0n) return ZERO
  const common = divisor(n < 0n ? -n : n, d < 0n ? -d : d)
  const sign = d < 0n ? -1n : 1n
  return { n: (sign * n) / common, d: (sign * d) / common }
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d + b.n * a.d, a.d * b.d)
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d)
}

/** `a / b`, and nothing where `b` is nothing. */
export function over(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n)
}

export function sumOf(values: readonly Fraction[]): Fraction {
  return values.reduce(plus, ZERO)
}

/** The nearest whole number; a half goes up. For fractions that are not negative. */
export function rounded({ n, d }: Fraction): bigint {
  return (2n * n + d) / (2n * d)
}

/** The whole part of a fraction that is not negative. */
export function whole({ n, d }: Fraction): bigint {
  return n / d
}

/** Above, below or equal: 1, -1, 0. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b)
}
