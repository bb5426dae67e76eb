/** What is measured of a codec: each the whole work on one request, or on one answer. */
export type WorkName = 'encodeRequest' | 'buildAndEncodeRequest' | 'encodeAnswer' | 'decodeAnswer'

/** One package's way to do the work, over the same values. */
export interface Contestant extends Readonly<Record<WorkName, () => unknown>> {
  /** The answer as the package encodes it. */
  readonly answer: Uint8Array
}
