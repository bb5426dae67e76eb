import { LocalError } from '../errors/errors.js'

function checkLength(bytes: Uint8Array, name: string, expected: number): void {
  if (bytes.length === expected) return
  throw new LocalError('argument', `AES: ${name} has ${bytes.length} bytes, expected ${expected}`, {
    path: name,
    expected: `${expected} bytes`,
    got: `${bytes.length} bytes`,
  })
}

/** @throws {LocalError} `argument`, when AES-256-CTR cannot take these. */
export function checkCtrArguments(key: Uint8Array, iv: Uint8Array): void {
  checkLength(key, 'key', 32)
  checkLength(iv, 'iv', 16)
}

/** @throws {LocalError} `argument`, when AES-IGE cannot take these. */
export function checkIgeArguments(data: Uint8Array, key: Uint8Array, iv: Uint8Array, target: Uint8Array): void {
  if (key.length !== 16) checkLength(key, 'key', 32)
  checkLength(iv, 'iv', 32)
  checkLength(target, 'target', data.length)
  if (data.length % 16 === 0) return
  throw new LocalError('argument', `AES-IGE takes whole blocks of 16 bytes, not ${data.length} bytes`, {
    path: 'data',
    expected: 'a multiple of 16 bytes',
    got: `${data.length} bytes`,
  })
}
