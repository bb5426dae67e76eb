import { Worker } from 'node:worker_threads'
import type { CipherKeys } from '../auth-key.js'
import { aesWasmBytes } from '../wasm/aes.js'
import { CHAIN, DATA, DATA_BYTES, KEYS, SECRETS } from '../wasm/layout.js'
import { wasmTables } from '../wasm/tables.js'

/** The memory that a thread shares with its owner begins with the key and the initialization vector. */
const IV_AT = 32
const DATA_AT = 64

/**
 * What a thread runs. It cannot import from this package, however that is bundled: what it needs it is given. It is told
 * how many bytes of the shared memory to decrypt, and says when that is done.
 */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { module, tables, shared } = workerData
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module))
  const { memory, expandKey, inverseKey, decrypt } = exports
  const own = new Uint8Array(memory.buffer)
  own.set(tables)
  parentPort.on('message', (length) => {
    own.set(shared.subarray(0, ${IV_AT}), ${KEYS})
    own.set(shared.subarray(${IV_AT}, ${DATA_AT}), ${CHAIN})
    expandKey()
    inverseKey()
    for (let start = ${DATA_AT}; start < ${DATA_AT} + length; start += ${DATA_BYTES}) {
      const piece = shared.subarray(start, Math.min(start + ${DATA_BYTES}, ${DATA_AT} + length))
      own.set(piece, ${DATA})
      decrypt(${DATA}, ${DATA} + piece.length)
      piece.set(own.subarray(${DATA}, ${DATA} + piece.length))
    }
    own.fill(0, ${SECRETS})
    parentPort.postMessage(length)
  })
`

/** A thread that decrypts one piece of data at a time. It does not keep the process alive. */
export class DecryptionThread {
  readonly #worker: Worker
  readonly #memory: Uint8Array
  #finish: ((done: boolean) => void) | undefined

  /**
   * @param longest the most bytes that it is given at once
   * @param ended called once, when the thread is gone for whatever reason
   * @throws where threads are forbidden
   */
  constructor(longest: number, ended: () => void) {
    this.#memory = new Uint8Array(new SharedArrayBuffer(DATA_AT + longest))
    const workerData = { module: aesWasmBytes(), tables: wasmTables(), shared: this.#memory }
    this.#worker = new Worker(PROGRAM, { eval: true, workerData, execArgv: [], name: 'AES decryption' })
    this.#worker.unref()
    this.#worker.on('message', () => this.#finish?.(true))
    this.#worker.on('error', () => undefined) // it ends then, which is told below
    this.#worker.once('exit', () => {
      this.#finish?.(false)
      ended()
    })
  }

  /**
   * AES-256-IGE in the place of the data. Only one at a time.
   * @returns whether it was done; if not, the data is as it was.
   */
  async decrypt(data: Uint8Array, { key, iv }: CipherKeys): Promise<boolean> {
    const memory = this.#memory
    const end = DATA_AT + data.length
    memory.set(key)
    memory.set(iv, IV_AT)
    memory.set(data, DATA_AT)
    const done = await new Promise<boolean>((resolve) => {
      this.#finish = resolve
      this.#worker.postMessage(data.length)
    })
    this.#finish = undefined
    if (done) data.set(memory.subarray(DATA_AT, end))
    memory.fill(0, 0, end)
    return done
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
