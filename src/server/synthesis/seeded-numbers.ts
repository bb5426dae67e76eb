/** Numbers that look random and are the same for the same seed: a counter, mixed (splitmix32). */
export class SeededNumbers {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** 32 bits, as a signed number. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) | 0
  }

  /** From 0 up to, and not including, `limit`, which is at most 2^53. */
  below(limit: number): number {
    const high = this.bits() >>> 0
    if (limit <= 0x1_0000_0000) return Math.floor((high / 0x1_0000_0000) * limit)
    return Math.floor(((high * 0x20_0000 + (this.bits() >>> 11)) / 2 ** 53) * limit)
  }
}
