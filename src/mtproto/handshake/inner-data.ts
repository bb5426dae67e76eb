import { RemoteError } from '../../errors/errors.js'
import { Reader } from '../../tl/reader.js'
import { writeUint } from '../../tl/write-primitives.js'
import { writeRaw } from '../../tl/write-raw.js'
import { encodeWith } from '../../tl/encode-with.js'

/**
 * What the client tells the server under the server's RSA key. Integers in `pq`, `p`, `q` are minimal big-endian bytes.
 */
export interface InnerData {
  readonly pq: Uint8Array
  readonly p: Uint8Array
  readonly q: Uint8Array
  readonly nonce: Uint8Array
  readonly serverNonce: Uint8Array
  readonly newNonce: Uint8Array
  /** The data centre that is meant, +10000 for test servers, negative for media servers; old clients leave it out. */
  readonly dc: number | undefined
  /** Set for a temporary key: the seconds that it will live. */
  readonly expiresIn: number | undefined
}

const ID_PLAIN = 0x83c95aec
const ID_DC = 0xa9f55f95
const ID_TEMP = 0x3c6a84d4
const ID_TEMP_DC = 0x56fddf88

/**
 * Current clients name the data centre; the two older forms are what other people's clients still send.
 *
 * `p_q_inner_data#83c95aec pq:bytes p:bytes q:bytes nonce:int128 server_nonce:int128 new_nonce:int256 = P_Q_inner_data;`
 * `p_q_inner_data_dc#a9f55f95 pq:bytes p:bytes q:bytes nonce:int128 server_nonce:int128 new_nonce:int256 dc:int = P_Q_inner_data;`
 * `p_q_inner_data_temp#3c6a84d4 pq:bytes p:bytes q:bytes nonce:int128 server_nonce:int128 new_nonce:int256 expires_in:int = P_Q_inner_data;`
 * `p_q_inner_data_temp_dc#56fddf88 pq:bytes p:bytes q:bytes nonce:int128 server_nonce:int128 new_nonce:int256 dc:int expires_in:int = P_Q_inner_data;`
 * @see https://core.telegram.org/mtproto/auth_key#4-encrypted-data-payload-generation
 */
export function encodeInnerData(data: InnerData): Uint8Array {
  return encodeWith((w) => {
    writeUint(w, formOf(data))
    w.bytes(data.pq)
    w.bytes(data.p)
    w.bytes(data.q)
    writeRaw(w, data.nonce)
    writeRaw(w, data.serverNonce)
    writeRaw(w, data.newNonce)
    if (data.dc !== undefined) w.int(data.dc)
    if (data.expiresIn !== undefined) w.int(data.expiresIn)
  })
}

/**
 * Reads any of the four forms; bytes behind it are padding.
 * @throws {RemoteError} `decode` when the bytes are none of them.
 */
export function decodeInnerData(bytes: Uint8Array): InnerData {
  return readInnerData(new Reader(bytes))
}

/** How many of `bytes` the inner data at their start takes. @throws {RemoteError} `decode` when there is none. */
export function innerDataLength(bytes: Uint8Array): number {
  const reader = new Reader(bytes)
  readInnerData(reader)
  return reader.position
}

function readInnerData(reader: Reader): InnerData {
  const id = reader.uint()
  if (id !== ID_PLAIN && id !== ID_DC && id !== ID_TEMP && id !== ID_TEMP_DC) {
    throw new RemoteError('decode', 'the RSA-encrypted data is no p_q_inner_data', {
      path: 'p_q_inner_data',
      constructorId: id,
    })
  }
  return {
    pq: reader.byteString(),
    p: reader.byteString(),
    q: reader.byteString(),
    nonce: reader.raw(16),
    serverNonce: reader.raw(16),
    newNonce: reader.raw(32),
    dc: id === ID_DC || id === ID_TEMP_DC ? reader.int() : undefined,
    expiresIn: id === ID_TEMP || id === ID_TEMP_DC ? reader.int() : undefined,
  }
}

function formOf({ dc, expiresIn }: InnerData): number {
  if (expiresIn === undefined) return dc === undefined ? ID_PLAIN : ID_DC
  return dc === undefined ? ID_TEMP : ID_TEMP_DC
}
