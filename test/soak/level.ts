export interface Sample {
  readonly atMs: number
  readonly bytes: number
}

/** What the samples of the second half say: where memory stands, and how fast it grows. */
export interface Level {
  readonly meanBytes: number
  readonly bytesPerMinute: number
}

/** The line through the samples from `fromMs` on, by least squares. */
export function levelOf(samples: readonly Sample[], fromMs: number): Level {
  const late = samples.filter(({ atMs }) => atMs >= fromMs)
  if (late.length < 2) throw new Error(`a level needs two samples, and there are ${late.length}`)
  const meanMs = mean(late.map(({ atMs }) => atMs))
  const meanBytes = mean(late.map(({ bytes }) => bytes))
  let together = 0
  let square = 0
  for (const { atMs, bytes } of late) {
    together += (atMs - meanMs) * (bytes - meanBytes)
    square += (atMs - meanMs) ** 2
  }
  return { meanBytes, bytesPerMinute: (together / square) * 60_000 }
}

/** The sample nearest to a time. */
export function sampleAt(samples: readonly Sample[], atMs: number): Sample {
  return samples.reduce((best, sample) => (Math.abs(sample.atMs - atMs) < Math.abs(best.atMs - atMs) ? sample : best))
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
