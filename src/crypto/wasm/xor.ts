import { add, constant, get, instantiate, loadBlock, set, storeBlock, wasmModule, whileLess, xorBlocks } from './assembler.js'

const PAGES = 3
const BLOCK_BYTES = 16

interface XorExports {
  readonly memory: WebAssembly.Memory
  /** `to = from xor with`, block by block up to `end`, where `to` ends. */
  xor(to: number, from: number, withWhat: number, end: number): void
}

/** The bytes of the module: the same on every machine. */
export function xorWasmBytes(): Uint8Array<ArrayBuffer> {
  const [TO, FROM, WITH, END] = [0, 1, 2, 3]
  const body = whileLess(get(TO), get(END), [
    storeBlock(get(TO), xorBlocks(loadBlock(get(FROM)), loadBlock(get(WITH)))),
    [TO, FROM, WITH].map((address) => set(address, add(get(address), constant(BLOCK_BYTES)))),
  ])
  return wasmModule(PAGES, [{ name: 'xor', parameters: 4, locals: 0, body }])
}

/**
 * Xor of blocks, 16 bytes at once, in a memory of its own.
 * @throws where the platform has no WebAssembly with vectors
 */
export const xorModule = (): XorExports => instantiate(xorWasmBytes())
