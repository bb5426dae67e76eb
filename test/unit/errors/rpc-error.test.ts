import { describe, expect, expectTypeOf, it } from 'vitest'
import { isRpcError, RpcError } from '../../../src/errors/rpc-error.js'
import {
  EmailUnconfirmedError,
  FloodWaitError,
  InvalidDCError,
  PhoneMigrateError,
  rpcErrorOf,
  SlowModeWaitError,
} from '../../../src/errors/rpc-error-classes.js'

describe('an error of the server', () => {
  it.each([
    [420, 'FLOOD_WAIT_3', 'FLOOD_WAIT', 3],
    [400, 'FILE_REFERENCE_5_EXPIRED', 'FILE_REFERENCE_EXPIRED', 5],
    [400, 'FILE_PART_0_MISSING', 'FILE_PART_MISSING', 0],
    [420, '2FA_CONFIRM_WAIT_604800', '2FA_CONFIRM_WAIT', 604_800],
    [400, 'MD5_CHECKSUM_INVALID', 'MD5_CHECKSUM_INVALID', undefined],
    [400, 'PEER_ID_INVALID', 'PEER_ID_INVALID', undefined],
    [-503, 'Timeout', 'Timeout', undefined],
  ])('%i %s is split into its type and its number', (code, text, type, argument) => {
    expect(rpcErrorOf(code, text)).toMatchObject({ code, type, argument, rpcMessage: text })
  })
  it('keeps the values that existing code compares', () => {
    const wait = rpcErrorOf(420, 'FLOOD_WAIT_17', 'messages.SendMessage')
    expect(wait).toBeInstanceOf(FloodWaitError)
    expect(wait).toMatchObject({
      code: 420,
      errorMessage: 'FLOOD',
      seconds: 17,
      name: 'FloodWaitError',
      rpcMessage: 'FLOOD_WAIT_17',
    })
    expect(wait.message).toContain('A wait of 17 seconds is required (caused by messages.SendMessage)')
    expect(rpcErrorOf(400, 'SESSION_PASSWORD_NEEDED').errorMessage).toBe('SESSION_PASSWORD_NEEDED')
    expect(rpcErrorOf(400, 'PEER_ID_INVALID', 'users.GetUsers').message).toBe(
      '400: PEER_ID_INVALID (caused by users.GetUsers)',
    )
    const moved = rpcErrorOf(303, 'PHONE_MIGRATE_4')
    expect(moved).toBeInstanceOf(PhoneMigrateError)
    expect(moved).toBeInstanceOf(InvalidDCError)
    expect(moved).toMatchObject({ newDc: 4, code: 303 })
    expect(rpcErrorOf(420, 'SLOWMODE_WAIT_9')).toBeInstanceOf(SlowModeWaitError)
    const mail = rpcErrorOf(400, 'EMAIL_UNCONFIRMED_6')
    expect(mail).toBeInstanceOf(EmailUnconfirmedError)
    expect(mail).toMatchObject({ errorMessage: 'BAD_REQUEST', codeLength: 6 })
  })
  it('is narrowed by its type, or by the method that raised it', () => {
    class GetHistory {
      static readonly className = 'messages.GetHistory'
      declare readonly __errors: 'CHANNEL_INVALID' | 'PEER_ID_INVALID'
    }
    const error: unknown = rpcErrorOf(400, 'PEER_ID_INVALID', 'messages.GetHistory')
    expect(isRpcError(error)).toBe(true)
    expect(isRpcError(error, 'PEER_ID_INVALID')).toBe(true)
    expect(isRpcError(error, 'FLOOD_WAIT')).toBe(false)
    expect(isRpcError(new Error('PEER_ID_INVALID'))).toBe(false)
    expect(isRpcError(error, GetHistory)).toBe(true)
    expect(isRpcError(rpcErrorOf(400, 'PEER_ID_INVALID', 'users.GetUsers'), GetHistory)).toBe(false)
    if (isRpcError(error, GetHistory)) expectTypeOf(error.type).toEqualTypeOf<'CHANNEL_INVALID' | 'PEER_ID_INVALID'>()
    expect(error).toBeInstanceOf(RpcError)
  })
  it('is one of the method inside its wrappers, and of each wrapper', () => {
    const named = (className: string) => class {
      static readonly className = className
      declare readonly __errors: string
    }
    for (const text of ['PEER_ID_INVALID', 'FLOOD_WAIT_3', 'EMAIL_UNCONFIRMED_6', 'USER_MIGRATE_2']) {
      const error = rpcErrorOf(400, text, 'messages.GetHistory', ['InvokeWithLayer', 'InvokeWithTakeout'])
      expect(error.message).toContain('(caused by messages.GetHistory)')
      for (const name of ['messages.GetHistory', 'InvokeWithLayer', 'InvokeWithTakeout']) {
        expect(isRpcError(error, named(name))).toBe(true)
      }
      expect(isRpcError(error, named('InvokeWithoutUpdates'))).toBe(false)
    }
    expect(rpcErrorOf(400, 'PEER_ID_INVALID', 'users.GetUsers').wrappers).toEqual([])
  })
})
