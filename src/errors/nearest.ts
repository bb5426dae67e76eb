/** The known name that shares most of its beginning and end with `name`, which is none of them. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let most = name.length / 3
  for (const candidate of known) {
    let start = 0
    let end = 0
    while (start < name.length && name[start] === candidate[start]) start++
    while (end < name.length - start && name.at(-1 - end) === candidate.at(-1 - end)) end++
    const shared = start + end - Math.abs(name.length - candidate.length)
    if (shared > most) {
      best = candidate
      most = shared
    }
  }
  return best
}
