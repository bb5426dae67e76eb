import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../../../src/crypto/aes-ige.js'
import {
  authKeyAuxHash,
  authKeyId,
  newNonceHash,
  temporaryAesKey,
  type CipherKeys,
} from '../../../src/crypto/auth-key.js'
import { encryptTempKeyBinding } from '../../../src/crypto/bind-temp-key.js'
import {
  messageCipherKeys,
  messageCipherKeysV1,
  messageKeyV1,
  messageKeyV2,
  type Sender,
} from '../../../src/crypto/message-keys.js'
import { sha1 } from '../../../src/crypto/sha.js'
import { LocalError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { bytesOf, vectorsOf } from './vectors.js'

type KeyVector = Record<string, string> & { x?: number }

const hexOf = ({ key, iv }: CipherKeys): string[] => [toHex(key), toHex(iv)]
const senderOf = (x: number | undefined): Sender => (x === 8 ? 'server' : 'client')
const named = <Data>(group: string): (readonly [string, Data])[] =>
  vectorsOf<Data>(group).map(({ name, data }) => [name, data] as const)

describe('an auth key', () => {
  it.each(named<Record<string, string>>('auth-key'))('has the published hashes: %s', (_, data) => {
    const authKey = bytesOf(data['auth_key'])
    const newNonce = bytesOf(data['new_nonce'])
    const auxHash = authKeyAuxHash(authKey)
    expect(toHex(authKeyId(authKey))).toBe(data['key_id'])
    expect(toHex(auxHash)).toBe(data['aux_hash'])
    for (const outcome of [1, 2, 3] as const) {
      expect(toHex(newNonceHash(newNonce, outcome, auxHash))).toBe(data[`new_nonce_hash${outcome}`])
    }
  })

  it('confirms the official sample of 2024', () => {
    const { auth_key: authKey, new_nonce: newNonce, new_nonce_hash1: hash } = vectorsOf('exchange')[1]!.data
    expect(toHex(newNonceHash(bytesOf(newNonce), 1, authKeyAuxHash(bytesOf(authKey))))).toBe(hash!.toLowerCase())
  })

  it('has 256 bytes, or it is none', () => {
    for (const length of [0, 255, 257]) {
      const wrong = new Uint8Array(length)
      for (const run of [authKeyId, authKeyAuxHash]) expect(() => run(wrong)).toThrow(LocalError)
      expect(() => messageKeyV2(wrong, new Uint8Array(32), 'client')).toThrow(LocalError)
      expect(() => messageCipherKeys(wrong, new Uint8Array(16), 'client')).toThrow(/256 bytes/)
      expect(() => messageCipherKeysV1(wrong, new Uint8Array(16), 'client')).toThrow(/256 bytes/)
    }
  })
})

describe('the temporary key of an exchange', () => {
  it.each(named<Record<string, string>>('tmp-aes-key'))('is the published one: %s', (_, data) => {
    const keys = temporaryAesKey(bytesOf(data['new_nonce']), bytesOf(data['server_nonce']))
    expect(hexOf(keys)).toEqual([data['tmp_aes_key'], data['tmp_aes_iv']])
  })

  it('opens the answers of the official samples, whose hashes fit', () => {
    const [sample2013, sample2024] = vectorsOf('exchange').map(({ data }) => data)
    const keys2013 = temporaryAesKey(bytesOf(sample2013!['new_nonce']), bytesOf('a5cf4d33f4a11ea877ba4aa573907330'))
    const answer2013 = aesIgeDecrypt(bytesOf(sample2013!['ServerDHParamsOkEncryptedAnswer']), keys2013.key, keys2013.iv)
    expect(toHex(answer2013)).toBe(sample2013!['ServerDHInnerDataWithHash']!.toLowerCase())
    const keys2024 = temporaryAesKey(bytesOf(sample2024!['new_nonce']), bytesOf(sample2024!['server_nonce']))
    const answer2024 = aesIgeDecrypt(bytesOf(sample2024!['encrypted_answer']), keys2024.key, keys2024.iv)
    expect(toHex(answer2024.subarray(0, 20))).toBe(sample2024!['answer_sha1']!.toLowerCase())
    expect(toHex(sha1(answer2024.subarray(20, 20 + 564)))).toBe(sample2024!['answer_sha1']!.toLowerCase())
  })

  it('seals the numbers of the client in the official sample of 2013', () => {
    const { ClientDHInnerDataWithHash, SetClientDHParamsEncryptedData, ...sample } = vectorsOf('exchange')[0]!.data
    const { key, iv } = temporaryAesKey(bytesOf(sample['new_nonce']), bytesOf('a5cf4d33f4a11ea877ba4aa573907330'))
    const published = bytesOf(SetClientDHParamsEncryptedData)
    const opened = aesIgeDecrypt(published, key, iv)
    // The 12 bytes of padding at the end were others than the page prints.
    expect(toHex(opened.subarray(0, 324))).toBe(ClientDHInnerDataWithHash!.toLowerCase().slice(0, 648))
    expect(toHex(sha1(opened.subarray(20, 324)))).toBe(toHex(opened.subarray(0, 20)))
    expect(toHex(aesIgeEncrypt(opened, key, iv))).toBe(toHex(published))
  })
})

describe('the keys of a message', () => {
  it.each(named<KeyVector>('kdf-v2'))('of version 2 are the published ones: %s', (_, data) => {
    const keys = messageCipherKeys(bytesOf(data['auth_key']), bytesOf(data['msg_key']), senderOf(data.x))
    expect(hexOf(keys)).toEqual([data['aes_key'], data['aes_iv']])
  })

  const versionOne = named<KeyVector>('kdf-v1')
  it.each(versionOne.filter(([, data]) => data['aes_key']))('of version 1 are the published ones: %s', (_, data) => {
    const keys = messageCipherKeysV1(bytesOf(data['auth_key']), bytesOf(data['msg_key']), senderOf(data.x))
    expect(hexOf(keys)).toEqual([data['aes_key'], data['aes_iv']])
  })
  const onlyMsgKey = versionOne.filter(([, data]) => !data['aes_key'])
  it.each(onlyMsgKey)('of version 1 begin with the published msg_key: %s', (_, data) => {
    expect(toHex(messageKeyV1(bytesOf(data['data'])))).toBe(data['msg_key'])
  })

  it('differ between the two senders', () => {
    const authKey = randomBytes(seededRandom(1), 256)
    const plain = new Uint8Array(48)
    expect(toHex(messageKeyV2(authKey, plain, 'client'))).not.toBe(toHex(messageKeyV2(authKey, plain, 'server')))
  })

  it('authenticate the published messages', () => {
    const packets = vectorsOf('message-v2').map(({ data }) => data)
    expect(toHex(authKeyId(bytesOf(packets[2]!['auth_key'])))).toBe(packets[2]!['auth_key_id'])
    for (const [index, data] of packets.entries()) {
      const sender = index === 0 ? 'client' : 'server'
      const authKey = bytesOf(data['auth_key'])
      const packet = bytesOf(data['output'] ?? data['input'])
      const msgKey = packet.subarray(8, 24)
      expect(toHex(packet.subarray(0, 8))).toBe(toHex(authKeyId(authKey)))
      const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
      const plain = aesIgeDecrypt(packet.subarray(24, packet.length - ((packet.length - 24) % 16)), key, iv)
      expect(toHex(messageKeyV2(authKey, plain, sender))).toBe(toHex(msgKey))
      const expected = data['plaintext']
      if (expected) expect(toHex(plain).startsWith(toHex(bytesOf(expected)))).toBe(true)
    }
  })
})

describe('the message that binds a temporary key', () => {
  const published = named<Record<string, string> & { expires_at: number }>('bind-temp-key')
  it.each(published)('P2: is the published one: %s', (_, data) => {
    const authKey = bytesOf(data['perm_auth_key'])
    expect(toHex(authKeyId(authKey))).toBe(data['perm_auth_key_id'])
    const binding = {
      msgId: BigInt(data['msg_id']!),
      nonce: BigInt(data['nonce']!),
      tempAuthKeyId: BigInt(data['temp_auth_key_id']!),
      tempSessionId: BigInt(data['temp_session_id']!),
      expiresAt: data.expires_at,
    }
    const random = { fill: (target: Uint8Array) => target.fill(0xcd) }
    expect(toHex(encryptTempKeyBinding(authKey, binding, random))).toBe(data['encrypted_message'])
  })

  it('P2: begins with 16 random bytes and pads with others', () => {
    const authKey = randomBytes(seededRandom(1), 256)
    const binding = { msgId: -4n, nonce: -1n, tempAuthKeyId: -2n, tempSessionId: -3n, expiresAt: -5 }
    const message = encryptTempKeyBinding(authKey, binding, seededRandom(2))
    const { key, iv } = messageCipherKeysV1(authKey, message.subarray(8, 24), 'client')
    const plain = aesIgeDecrypt(message.subarray(24), key, iv)
    expect(plain).toHaveLength(80)
    expect(toHex(plain.subarray(0, 16))).toBe(toHex(randomBytes(seededRandom(2), 16)))
    expect(toHex(messageKeyV1(plain.subarray(0, 72)))).toBe(toHex(message.subarray(8, 24)))
    const view = new DataView(plain.buffer, plain.byteOffset)
    expect([view.getBigInt64(16, true), view.getInt32(24, true), view.getInt32(28, true)]).toEqual([-4n, 0, 40])
    expect([36, 44, 60].map((at) => view.getBigInt64(at, true))).toEqual([-1n, -2n, -3n])
    expect(toHex(plain.subarray(52, 60))).toBe(toHex(authKeyId(authKey)))
  })
})
