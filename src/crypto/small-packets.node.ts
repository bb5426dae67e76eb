import { sharedWasmCipher } from './wasm/cipher.js'
import { WasmPackets } from './wasm/packets.js'
import { shared } from './wasm/shared.js'

/** From this length on native hashes make up for the way to them. */
const LEAST_FOR_NATIVE = 512

const sharedPackets = shared(() => {
  const cipher = sharedWasmCipher()
  return cipher && new WasmPackets(cipher)
})

function packets(bytes: number): WasmPackets | undefined {
  return bytes < LEAST_FOR_NATIVE ? sharedPackets() : undefined
}

/**
 * Encrypts what stands in a small `packet` behind its header, and writes its msg_key into the header.
 * @param x 0 for a packet of the client, 8 for one of the server
 * @returns whether it did: otherwise the way step by step is faster
 */
export function sealSmall(authKey: Uint8Array, packet: Uint8Array, x: 0 | 8): boolean {
  const wasm = packets(packet.length)
  wasm?.seal(authKey, packet, x)
  return wasm !== undefined
}

/**
 * Decrypts what stands in a small `packet` behind its header into `target`.
 * @returns whether msg_key is that of the plaintext, or `undefined` where the way step by step is faster
 */
export function openSmall(
  authKey: Uint8Array,
  packet: Uint8Array,
  x: 0 | 8,
  target: Uint8Array,
): boolean | undefined {
  return packets(packet.length)?.open(authKey, packet, x, target)
}
