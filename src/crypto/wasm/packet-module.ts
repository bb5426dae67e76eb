import { add, call, constant, get, load, store, wasmModule, type Code, type Imports } from './assembler.js'
import { AUTH_KEY, BLOCK, CHAIN, DATA, HASH, HASHED, KEYS, MSG_KEY, PAGES } from './layout.js'
import { sha256Functions } from './sha256.js'

/**
 * A whole packet of MTProto 2.0 in one call: msg_key, the AES key and vector that are made of it, and the cipher, which
 * is that of the other module: browsers have that one alone, and some compile no more than 4 kB at once.
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */

const CIPHER: Imports = [
  { name: 'expandKey', parameters: 0 },
  { name: 'forwardKey', parameters: 0 },
  { name: 'inverseKey', parameters: 0 },
  { name: 'encrypt', parameters: 2 },
  { name: 'decrypt', parameters: 2 },
]
const [EXPAND_KEY, FORWARD_KEY, INVERSE_KEY, ENCRYPT, DECRYPT, COMPRESS, DIGEST, DERIVE_KEYS, HASH_MESSAGE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
]

// The parameters of a packet: the length of its plaintext, and `x` of the definitions, 0 or 8.
const LENGTH = 0
const X = 1

const ZERO = constant(0)
const ofAuthKey = (offset: number, x: Code): [number, Code] => [AUTH_KEY + offset, x]

/** Copies so many bytes, a multiple of 4. */
function copy(bytes: number, [from, base]: [offset: number, base: Code], to: number): Code {
  return Array.from({ length: bytes / 4 }, (_, i) => store(to + 4 * i, ZERO, load(from + 4 * i, base)))
}
const fixed = (address: number): [number, Code] => [address, ZERO]

/** The key and the vector: two hashes that exchange their middles. */
function deriveKeys(): Code {
  const x = get(0)
  return [
    copy(16, fixed(MSG_KEY), BLOCK),
    copy(36, ofAuthKey(0, x), BLOCK + 16),
    call(DIGEST, constant(BLOCK), constant(52)),
    copy(8, fixed(HASH), KEYS),
    copy(16, fixed(HASH + 8), CHAIN + 8),
    copy(8, fixed(HASH + 24), KEYS + 24),
    copy(36, ofAuthKey(40, x), BLOCK),
    copy(16, fixed(MSG_KEY), BLOCK + 36),
    call(DIGEST, constant(BLOCK), constant(52)),
    copy(8, fixed(HASH), CHAIN),
    copy(16, fixed(HASH + 8), KEYS + 8),
    copy(8, fixed(HASH + 24), CHAIN + 24),
  ]
}

/** The hash whose middle is msg_key, over the plaintext in DATA. It takes the place of msg_key. */
function hashMessage(): Code {
  return [
    copy(32, ofAuthKey(88, get(X)), HASHED),
    call(DIGEST, constant(HASHED), add(get(LENGTH), constant(32))),
  ]
}

const END: Code = add(constant(DATA), get(LENGTH))

function seal(): Code {
  return [
    call(HASH_MESSAGE, get(LENGTH), get(X)),
    copy(16, fixed(HASH + 8), MSG_KEY),
    call(DERIVE_KEYS, get(X)),
    call(EXPAND_KEY),
    call(FORWARD_KEY),
    call(ENCRYPT, constant(DATA), END),
  ]
}

function open(): Code {
  return [
    call(DERIVE_KEYS, get(X)),
    call(EXPAND_KEY),
    call(INVERSE_KEY),
    call(DECRYPT, constant(DATA), END),
    call(HASH_MESSAGE, get(LENGTH), get(X)),
  ]
}

/** The bytes of the module: the same on every machine. */
export function packetWasmBytes(): Uint8Array<ArrayBuffer> {
  return wasmModule(
    PAGES,
    [
      ...sha256Functions(COMPRESS),
      { name: 'deriveKeys', parameters: 1, locals: 0, body: deriveKeys() },
      { name: 'hashMessage', parameters: 2, locals: 0, body: hashMessage() },
      { name: 'seal', parameters: 2, locals: 0, body: seal() },
      { name: 'open', parameters: 2, locals: 0, body: open() },
    ],
    CIPHER,
  )
}
