/**
 * One reading of both clocks, in milliseconds, taken at the same moment. The wall clock may be wrong and may jump;
 * the monotonic clock only moves forward, and its origin means nothing.
 */
export interface Instant {
  readonly wallMs: number
  readonly monotonicMs: number
}

export interface Clock {
  now(): Instant
}
