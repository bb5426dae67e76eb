/** Edit distance with transpositions, given up above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous2: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let best = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, previous2[j - 2]! + 1)
      row.push(cost)
      if (cost < best) best = cost
    }
    if (best > limit) return limit + 1
    previous2 = previous
    previous = row
  }
  return previous[b.length]!
}

/** The candidate closest to a mistyped name, or undefined when none is close enough to be meant. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let limit = Math.max(1, Math.floor(name.length / 3))
  let nearest: string | undefined
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase()
    const found = lower === wanted ? 0 : distance(wanted, lower, limit)
    if (found < limit || (found === limit && nearest === undefined)) {
      nearest = candidate
      limit = found
      if (found === 0) break
    }
  }
  return nearest
}

/** `, did you mean 'InputPeer'?` or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates)
  return nearest === undefined ? '' : `, did you mean '${nearest}'?`
}
