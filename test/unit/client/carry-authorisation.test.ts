import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { fromHex } from '../../../src/bytes/hex.js'
import { carryAuthorisation } from '../../../src/client/carry-authorisation.js'
import type { DcConnection } from '../../../src/connection/dc-connection.js'
import { LocalError } from '../../../src/errors/errors.js'
import { RpcError } from '../../../src/errors/rpc-error.js'

const UNKNOWN = new LocalError('unknown-outcome', 'the call was sent')

/** Two data centres: the first exports, the second takes imports as `answers` says and then accepts. */
function twoCentres(answers: readonly Error[]): { readonly carry: () => Promise<void>; readonly asked: string[] } {
  const asked: string[] = []
  const home: Pick<DcConnection, 'dcId' | 'call'> = {
    dcId: 2,
    call: async ({ method }) => {
      asked.push(method)
      return new Api.auth.ExportedAuthorization({ id: 7n, bytes: fromHex('0102') }).getBytes()
    },
  }
  const left = [...answers]
  const target: Pick<DcConnection, 'dcId' | 'call'> = {
    dcId: 4,
    call: async ({ method }) => {
      asked.push(method)
      const error = left.shift()
      if (error) throw error
      return new Api.auth.AuthorizationSignUpRequired({}).getBytes()
    },
  }
  return { carry: () => carryAuthorisation(home as DcConnection, target as DcConnection, {}), asked }
}

const EXPORT_AND_IMPORT = ['auth.ExportAuthorization', 'auth.ImportAuthorization']

describe('an authorisation that is carried to another data centre', () => {
  it('is exported once and imported once', async () => {
    const { carry, asked } = twoCentres([])
    await carry()
    expect(asked).toEqual(EXPORT_AND_IMPORT)
  })

  it.each([
    ['nobody knows whether it was imported', UNKNOWN],
    ['it came too late', new RpcError(400, 'AUTH_BYTES_INVALID')],
  ])('is exported anew where %s', async (_when, error) => {
    const { carry, asked } = twoCentres([error])
    await carry()
    expect(asked).toEqual([...EXPORT_AND_IMPORT, ...EXPORT_AND_IMPORT])
  })

  it('is given up where that happens again and again', async () => {
    const { carry, asked } = twoCentres(Array.from({ length: 10 }, () => UNKNOWN))
    await expect(carry()).rejects.toBe(UNKNOWN)
    expect(asked).toHaveLength(8)
  })

  it('is given up at once where it is refused', async () => {
    const refusal = new RpcError(401, 'AUTH_KEY_UNREGISTERED')
    const { carry, asked } = twoCentres([refusal])
    await expect(carry()).rejects.toBe(refusal)
    expect(asked).toEqual(EXPORT_AND_IMPORT)
  })
})
