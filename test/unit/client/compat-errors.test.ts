import { Api as TheirApi, errors as theirs } from 'telegram'
import { describe, expect, it } from 'vitest'
import { Api, RpcError } from '../../../src/entry/index.js'
import * as ours from '../../../src/entry/errors.js'
import { rpcErrorOf } from '../../../src/errors/rpc-error-classes.js'

const request = new Api.help.GetConfig()
const theirRequest = new TheirApi.help.GetConfig()

type Made = Error & Record<string, unknown>
type Maker = new (...args: unknown[]) => Made
const own = ours as unknown as Record<string, Maker>
const other = theirs as unknown as Record<string, Maker>

const WITH_NUMBER = {
  FloodWaitError: 'seconds',
  SlowModeWaitError: 'seconds',
  FloodTestPhoneWaitError: 'seconds',
  PhoneMigrateError: 'newDc',
  UserMigrateError: 'newDc',
  NetworkMigrateError: 'newDc',
  FileMigrateError: 'newDc',
  EmailUnconfirmedError: 'codeLength',
}

describe('the error classes of existing code', () => {
  it('are all here', () => {
    expect(Object.keys(theirs).filter((name) => !(name in ours))).toEqual([])
  })
  it.each(Object.entries(WITH_NUMBER))('make %s of a request and what was captured', (name, field) => {
    for (const capture of [17, '17']) {
      const error = new own[name]!({ request, capture })
      const expected = new other[name]!({ request: theirRequest, capture })
      expect(error.name).toBe(expected.name)
      expect(error[field]).toBe(expected[field])
      expect(error['code']).toBe(expected['code'])
      expect(error.message).toContain('(caused by help.GetConfig)')
      expect(error).toBeInstanceOf(own[name]!)
      expect(error).toBeInstanceOf(RpcError)
    }
    expect(new own[name]!({})[field]).toBe(0)
  })
  it.each([
    'RPCError',
    'InvalidDCError',
    'BadRequestError',
    'UnauthorizedError',
    'ForbiddenError',
    'NotFoundError',
    'AuthKeyError',
    'FloodError',
    'ServerError',
    'TimedOutError',
  ])('make %s of a message, a request and a code', (name) => {
    const error = new own[name]!('PEER_FLOOD', request)
    const expected = new other[name]!('PEER_FLOOD', theirRequest)
    expect(error.name).toBe(expected.name)
    expect(error['errorMessage']).toBe(expected['errorMessage'])
    if (name !== 'RPCError' && name !== 'InvalidDCError') expect(error['code']).toBe(expected['code'])
    const coded = new own[name]!('PEER_FLOOD', request, 400)
    expect(coded.message).toBe('400: PEER_FLOOD (caused by help.GetConfig)')
    expect(coded.message).toBe(new other[name]!('PEER_FLOOD', theirRequest, 400).message)
  })
  it('are those that are thrown, and subclasses of them are too', () => {
    expect(rpcErrorOf(420, 'FLOOD_WAIT_3')).toBeInstanceOf(ours.FloodWaitError)
    expect(rpcErrorOf(420, 'FLOOD_WAIT_3')).toBeInstanceOf(ours.FloodError)
    expect(rpcErrorOf(400, 'PEER_FLOOD')).toBeInstanceOf(ours.RPCError)
    expect(rpcErrorOf(400, 'PEER_FLOOD')).not.toBeInstanceOf(ours.FloodError)
    expect(rpcErrorOf(400, 'PEER_FLOOD').name).toBe('RPCError')
    class Mine extends ours.FloodWaitError {}
    const mine = new Mine({ request, capture: 9 })
    expect(mine).toBeInstanceOf(Mine)
    expect(mine).toMatchObject({ seconds: 9, errorMessage: 'FLOOD', type: 'FLOOD_WAIT', method: 'help.GetConfig' })
  })
  it('take their own arguments too', () => {
    expect(new ours.FloodWaitError(420, 'FLOOD_WAIT_5', 'help.GetConfig')).toMatchObject({ code: 420, seconds: 5 })
    expect(new ours.RPCError(400, 'PEER_ID_INVALID')).toMatchObject({ code: 400, errorMessage: 'PEER_ID_INVALID' })
  })
  it('are found by the text of the server as existing code finds them', () => {
    const texts = [
      'FLOOD_WAIT_17',
      'FLOOD_PREMIUM_WAIT_4',
      'FLOOD_TEST_PHONE_WAIT_5',
      'SLOWMODE_WAIT_3',
      'MSG_WAIT_FAILED',
      'FILE_MIGRATE_2',
      'PHONE_MIGRATE_3',
      'USER_MIGRATE_4',
      'NETWORK_MIGRATE_5',
      'EMAIL_UNCONFIRMED_6',
      'PEER_ID_INVALID',
    ]
    for (const errorMessage of texts) {
      const error = ours.RPCMessageToError({ errorCode: 400, errorMessage }, request)
      const theirError = theirs.RPCMessageToError({ errorCode: 400, errorMessage } as TheirApi.RpcError, theirRequest)
      expect(error.name).toBe((theirError as Error).name)
      const found = [...ours.rpcErrorRe].find(([expression]) => expression.test(errorMessage))
      const theirFound = [...theirs.rpcErrorRe].find(([expression]) => expression.test(errorMessage))
      expect(found?.[0].source).toBe(theirFound?.[0].source)
      if (found === undefined) continue
      const capture = found[0].exec(errorMessage)![1]!
      expect(new found[1]({ request, capture }).name).toBe(error.name)
    }
  })
})

describe('the errors of the protocol that existing code names', () => {
  it('hold what they are made of', () => {
    const remaining = Buffer.from('abcd')
    expect(new ours.TypeNotFoundError(0x12345678, remaining)).toMatchObject({ invalidConstructorId: 0x12345678, remaining })
    expect(new ours.InvalidChecksumError(1, 2)).toMatchObject({ checksum: 1, validChecksum: 2 })
    expect(new ours.InvalidBufferError(Buffer.from('6cfeffff', 'hex'))).toMatchObject({ code: 404 })
    expect(new ours.InvalidBufferError(Buffer.from('6cfeff', 'hex')).code).toBeUndefined()
    expect(new ours.SecurityError('g_a is out of range').message).toBe('g_a is out of range')
    expect(new ours.SecurityError().message).toBe(new theirs.SecurityError().message)
    expect(new ours.CdnFileTamperedError()).toBeInstanceOf(ours.SecurityError)
    expect(new ours.ReadCancelledError().message).toBe(new theirs.ReadCancelledError().message)
    for (const code of [16, 64, 99]) {
      const error = new ours.BadMessageError(request, code)
      expect(error.code).toBe(code)
      expect(error.errorMessage).toMatch(/ Caused by help\.GetConfig$/)
    }
    expect(Object.keys(ours.BadMessageError.ErrorMessages)).toEqual(Object.keys(theirs.BadMessageError.ErrorMessages))
  })
})
