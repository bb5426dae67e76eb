const TRIES = 5

/**
 * Milliseconds that an action costs, for limits that tell quick from slow: by the clock, or what this process has used
 * of the processors meanwhile where that is less, for a busy machine lets it wait. Where that passes `limitMs`, further
 * tries tell what is slow itself from what was slow once.
 */
export function costOf(action: () => void, limitMs: number = Infinity): number {
  let leastMs = Infinity
  for (let tries = 0; tries < TRIES && leastMs >= limitMs; tries++) {
    const startMs = performance.now()
    const cpu = process.cpuUsage()
    action()
    const { user, system } = process.cpuUsage(cpu)
    leastMs = Math.min(leastMs, performance.now() - startMs, (user + system) / 1000)
  }
  return leastMs
}
