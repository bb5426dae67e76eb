import { describe, expect, it, vi } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { decryptMessage, encryptMessage } from '../../../src/crypto/message-cipher.js'
import { messageCipherKeys, messageKeyV2, type Sender } from '../../../src/crypto/message-keys.js'
import { igeScript } from '../../../src/crypto/ige-script.js'
import * as inBrowser from '../../../src/crypto/small-packets.browser.js'
import { aesWasmBytes } from '../../../src/crypto/wasm/aes.js'
import { WasmCipher } from '../../../src/crypto/wasm/cipher.js'
import { packetWasmBytes } from '../../../src/crypto/wasm/packet-module.js'
import { WasmPackets } from '../../../src/crypto/wasm/packets.js'
import { sha256Constants } from '../../../src/crypto/wasm/sha256.js'
import { xorWasmBytes } from '../../../src/crypto/wasm/xor.js'
import { LocalError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { memoriesOf, withoutWebAssembly } from './wasm-platform.js'

const HEADER = 24
/** The longest plaintext that fits into the memory of the modules at once, in whole blocks. */
const LONGEST = 16 * Math.floor((WasmPackets.mostBytes - HEADER) / 16)
const SENDERS: readonly Sender[] = ['client', 'server']
const random = seededRandom(12)
const authKey = randomBytes(random, 256)
const wasm = new WasmPackets(new WasmCipher())

/** The packet of a plaintext step by step, as the definitions have it. */
function packetOf(plain: Uint8Array, sender: Sender): Uint8Array {
  const msgKey = messageKeyV2(authKey, plain, sender)
  const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
  return Buffer.concat([new Uint8Array(8), msgKey, igeScript('encrypt', plain, key, iv)])
}

function draftOf(plain: Uint8Array): Uint8Array {
  const draft = new Uint8Array(HEADER + plain.length)
  draft.set(plain, HEADER)
  return draft
}

describe.each(SENDERS)('a message of the %s', (sender) => {
  const x = sender === 'client' ? 0 : 8
  const everyRest = Array.from({ length: 44 }, (_, blocks) => 16 * (blocks + 1))

  it('is encrypted and decrypted alike by one call of WebAssembly and step by step, whatever its length', () => {
    for (const length of [...everyRest, 4096, 65_536, LONGEST]) {
      const plain = randomBytes(random, length)
      const packet = packetOf(plain, sender)
      const sealed = draftOf(plain)
      wasm.seal(authKey, sealed, x)
      expect(Buffer.compare(sealed, packet), `${length} bytes`).toBe(0)
      const opened = new Uint8Array(length)
      expect(wasm.open(authKey, packet, x, opened)).toBe(true)
      expect(Buffer.compare(opened, plain), `${length} bytes`).toBe(0)
    }
  })

  it('comes back, on both sides of every threshold, beside the packet and in its place', () => {
    for (const length of [...everyRest, 3072, LONGEST + 16, 300_000]) {
      const plain = randomBytes(random, length)
      const packet = draftOf(plain)
      encryptMessage(authKey, sender, packet)
      expect(Buffer.compare(packet, packetOf(plain, sender)), `${length} bytes`).toBe(0)
      const beside = new Uint8Array(length)
      expect(decryptMessage(authKey, sender, packet, beside)).toBe(true)
      expect(decryptMessage(authKey, sender, packet, packet.subarray(HEADER))).toBe(true)
      expect(Buffer.compare(beside, plain)).toBe(0)
      expect(Buffer.compare(packet.subarray(HEADER), plain)).toBe(0)
    }
  })

  it('is left to the way step by step in browsers', () => {
    const packet = packetOf(randomBytes(random, 48), sender)
    const before = packet.slice()
    const target = new Uint8Array(48)
    expect(inBrowser.sealSmall(authKey, packet, x)).toBe(false)
    expect(inBrowser.openSmall(authKey, packet, x, target)).toBeUndefined()
    expect([toHex(packet), toHex(target)]).toEqual([toHex(before), toHex(new Uint8Array(48))])
  })

  it('is told apart from one of which any byte has changed, and from one of the other side', () => {
    const packet = packetOf(randomBytes(random, 64), sender)
    const target = new Uint8Array(64)
    for (let at = 8; at < packet.length; at++) {
      const changed = Uint8Array.from(packet)
      changed[at]! ^= 1
      expect(decryptMessage(authKey, sender, changed, target), `byte ${at}`).toBe(false)
    }
    const other = sender === 'client' ? 'server' : 'client'
    expect(decryptMessage(authKey, other, packet, target)).toBe(false)
    expect(decryptMessage(authKey, sender, packet, target)).toBe(true)
  })

  it('needs a key of 256 bytes', () => {
    const packet = new Uint8Array(HEADER + 16)
    expect(() => encryptMessage(authKey.subarray(1), sender, packet)).toThrow(LocalError)
    expect(() => decryptMessage(authKey.subarray(1), sender, packet, new Uint8Array(16))).toThrow(/got 255/)
  })
})

describe('the modules of WebAssembly', () => {
  it('are valid, and that of browsers is so small that every one of them compiles it at once', () => {
    for (const bytes of [aesWasmBytes(), packetWasmBytes(), xorWasmBytes()]) {
      expect(WebAssembly.validate(bytes)).toBe(true)
    }
    expect(aesWasmBytes().length).toBeLessThan(4096) // above it, Chromium once refused outside of workers
  })

  it('leave no key and no data behind in their memory', async () => {
    let cipher!: WasmCipher
    let watched!: WasmPackets
    const memories = await memoriesOf(() => {
      cipher = new WasmCipher()
      watched = new WasmPackets(cipher)
    })
    expect(memories).toHaveLength(1)
    const bytes = memories[0]!
    const before = Uint8Array.from(bytes)
    const [key, iv] = [randomBytes(random, 32), randomBytes(random, 32)]
    for (const length of [64, 200_000]) cipher.ige('decrypt', randomBytes(random, length), key, iv)
    for (const length of [16, 48, 64, 4096]) {
      const packet = draftOf(randomBytes(random, length))
      watched.seal(authKey, packet, 0)
      expect(Buffer.compare(bytes, before), `${length} bytes sealed`).toBe(0)
      watched.open(authKey, packet, 8, new Uint8Array(length))
      expect(Buffer.compare(bytes, before), `${length} bytes opened`).toBe(0)
    }
  })

  it('have the constants of SHA-256 as FIPS 180-4 lists them', () => {
    const constants = [...sha256Constants()].map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    expect(constants.slice(0, 4)).toEqual(['428a2f98', '71374491', 'b5c0fbcf', 'e9b5dba5'])
    expect(constants.slice(-2)).toEqual(['bef9a3f7', 'c67178f2'])
    expect(constants).toHaveLength(64)
  })

  it('are done without where WebAssembly is forbidden', async () => {
    await withoutWebAssembly(async () => {
      vi.resetModules()
      const without = await import('../../../src/crypto/message-cipher.js')
      const plain = randomBytes(random, 96)
      const packet = draftOf(plain)
      without.encryptMessage(authKey, 'client', packet)
      expect(toHex(packet)).toBe(toHex(packetOf(plain, 'client')))
      expect(without.decryptMessage(authKey, 'client', packet, packet.subarray(HEADER))).toBe(true)
      expect(toHex(packet.subarray(HEADER))).toBe(toHex(plain))
    })
  })
})
