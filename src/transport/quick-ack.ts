import { LocalError } from '../errors/errors.js'

/** Bit 31: set in every token, so that a token is told from the length of a frame. */
export const QUICK_ACK_FLAG = 0x8000_0000

/** @throws {LocalError} `argument` when `token` is no unsigned 32-bit number with bit 31 set. */
export function checkToken(token: number): void {
  if (Number.isInteger(token) && token >= QUICK_ACK_FLAG && token <= 0xffff_ffff) return
  throw new LocalError('argument', `${token} is no quick-ack token`, {
    path: 'token',
    expected: 'an unsigned 32-bit number with bit 31 set',
    got: String(token),
  })
}
