/** Memory that small arrays share. */
const BLOCK_BYTES = 16_384
/** Longer arrays have memory of their own. */
const MOST_BYTES = 1024
/** Arrays begin at a multiple of this, so that words of any size can be read from them. */
const ALIGNMENT = 8

let block: ArrayBuffer | undefined
let used = 0

/**
 * An array of zeros. A small one is a piece of a block, since memory of its own costs about a microsecond to get and to
 * give back; no byte is handed out twice. Whoever keeps a piece keeps its block.
 */
export function pooled(length: number): Uint8Array<ArrayBuffer> {
  if (length > MOST_BYTES) return new Uint8Array(length)
  if (block === undefined || used + length > BLOCK_BYTES) {
    block = new ArrayBuffer(BLOCK_BYTES)
    used = 0
  }
  const piece = new Uint8Array(block, used, length)
  used += (length + ALIGNMENT - 1) & -ALIGNMENT
  return piece
}
