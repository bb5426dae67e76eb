/** The squarefree products of 3, 5, 7 and 11: another multiplier gives another cycle of forms to look in. */
const MULTIPLIERS = [1, 3, 5, 7, 11, 15, 21, 33, 35, 55, 77, 105, 165, 231, 385, 1155]

/** floor(sqrt(n)) for 0 <= n < 2^104: a float is off by at most one there. */
function squareRoot(n: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(n))))
  while (root * root > n) root--
  while ((root + 1n) * (root + 1n) <= n) root++
  return root
}

function commonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** How many steps may be taken before the next yield. */
interface Budget {
  left: number
}

type Steps<Result> = Generator<undefined, Result, number>

/**
 * Shanks' square forms factorisation of an odd composite `n` below 2^64. It walks the continued fraction of sqrt(k n)
 * until an even step has a square for its denominator, and from the root of that form back to an ambiguous one, whose
 * denominator shares a factor with n. All numbers inside stay near 2 sqrt(k n) < 2^40 and are exact in floats: no
 * arithmetic of 64 bits is needed, which is why this and not Pollard's rho.
 *
 * Gives a proper factor (of a square number its root), or `undefined` when all multipliers have failed. `next(budget)`
 * lets it work for `budget` steps.
 * @see J. E. Gower and S. S. Wagstaff, "Square form factorization", Mathematics of Computation 77 (2008)
 */
export function* squareForms(n: bigint): Steps<bigint | undefined> {
  const budget: Budget = { left: 0 } // the answer to the first yield is the first real one
  const whole = squareRoot(n)
  if (whole * whole === n) return whole
  for (const multiplier of MULTIPLIERS) {
    const factor = yield* walkForward(n, n * BigInt(multiplier), budget)
    if (factor !== undefined) return factor
  }
  return undefined
}

function* walkForward(n: bigint, product: bigint, budget: Budget): Steps<bigint | undefined> {
  const bigRoot = squareRoot(product)
  const root = Number(bigRoot)
  const mostSteps = 6 * Math.ceil(Math.sqrt(2 * root))
  let p = root
  let lastQ = 1
  let q = Number(product - bigRoot * bigRoot)
  for (let step = 1; step <= mostSteps && q !== 0; step++) {
    if (--budget.left < 0) budget.left = yield
    const b = Math.floor((root + p) / q)
    const nextP = b * q - p
    const nextQ = lastQ + b * (p - nextP)
    lastQ = q
    q = nextQ
    p = nextP
    if ((step & 1) === 0) continue
    const square = Math.floor(Math.sqrt(q))
    if (square * square !== q) continue
    const denominator = yield* walkBack(product, root, p, square, mostSteps, budget)
    const factor = commonDivisor(n, denominator)
    if (factor !== 1n && factor !== n) return factor
  }
  return undefined
}

/** From the square root of a form to the ambiguous form of its cycle, whose denominator it gives. */
function* walkBack(
  product: bigint,
  root: number,
  startP: number,
  square: number,
  mostSteps: number,
  budget: Budget,
): Steps<bigint> {
  let p = square * Math.floor((root - startP) / square) + startP
  let lastQ = square
  let q = Number((product - BigInt(p) * BigInt(p)) / BigInt(square))
  for (let step = 0; step <= mostSteps; step++) {
    if (--budget.left < 0) budget.left = yield
    const b = Math.floor((root + p) / q)
    const nextP = b * q - p
    if (nextP === p) break
    const nextQ = lastQ + b * (p - nextP)
    lastQ = q
    q = nextQ
    p = nextP
  }
  return BigInt(q)
}
