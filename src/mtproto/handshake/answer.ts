import { RemoteError } from '../../errors/errors.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { constructorId } from '../constructors.js'

/** No object of the key exchange is longer: the largest, server_DH_params_ok, has about 650 bytes. Real servers pad. */
export const MAX_HANDSHAKE_BODY = 16_384

/**
 * Refuses every object but those that this step of the exchange can be answered with, before a field of it is read.
 * @throws {RemoteError} `handshake`
 */
export function expectConstructor(body: Uint8Array, step: string, ...ids: readonly number[]): number {
  if (body.length > MAX_HANDSHAKE_BODY) {
    throw new RemoteError('handshake', `${step}: an object of ${body.length} bytes is no part of a key exchange`, {
      path: step,
      expected: `at most ${MAX_HANDSHAKE_BODY} bytes`,
      got: `${body.length} bytes`,
    })
  }
  const id = constructorId(body)
  if (!ids.includes(id)) {
    throw new RemoteError('handshake', `${step}: expected ${ids.map(hex).join(' or ')}, got ${hex(id)}`, {
      path: step,
      expected: ids.map(hex).join(' or '),
      got: hex(id),
      constructorId: id,
      offset: 0,
    })
  }
  return id
}

/** @throws {RemoteError} `handshake` unless both are the same; neither shows in the message. */
export function expectEqual(actual: Uint8Array, expected: Uint8Array, step: string, field: string): void {
  if (!equalConstantTime(actual, expected)) throw handshakeError(step, field, 'is not the one of this exchange')
}

export function handshakeError(step: string, field: string, what: string): RemoteError {
  return new RemoteError('handshake', `${step}: ${field} ${what}`, { path: `${step}.${field}` })
}

function hex(id: number): string {
  return `#${id.toString(16).padStart(8, '0')}`
}
