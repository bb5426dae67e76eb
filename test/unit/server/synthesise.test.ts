import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { readResult } from '../../../generated/api/registry.js'
import { encodeResult } from '../../../src/server/services/encode-result.js'
import { synthesise } from '../../../src/server/synthesis/synthesise.js'
import { DECODED, TlObject, TlRequest } from '../../../src/tl/object.js'
import { Reader } from '../../../src/tl/reader.js'

const LAYER = 228
const SEEDS = [1, 2, 3, 4, 5]

type RequestClass = new (args: never) => TlRequest<unknown>

function requestClasses(namespace: object): RequestClass[] {
  return Object.values(namespace).flatMap((member: unknown): RequestClass[] => {
    if (typeof member === 'function') return member.prototype instanceof TlRequest ? [member as RequestClass] : []
    return typeof member === 'object' && member !== null ? requestClasses(member) : []
  })
}

/** A request without arguments: a synthesised answer depends on the method alone. Wrappers get a call to wrap. */
function requestOf(method: RequestClass): TlRequest<unknown> {
  return Object.assign(new method(DECODED), { query: new Api.help.GetConfig() })
}

const methods = [...new Set(requestClasses(Api))]

describe('a made-up answer', () => {
  it('exists for every method of the layer, can be encoded, and decodes to itself', () => {
    expect(methods.length).toBeGreaterThan(800)
    for (const method of methods) {
      for (const seed of SEEDS) {
        const request = requestOf(method)
        const answer = synthesise(request, seed)
        const bytes = encodeResult(request, answer, LAYER)
        const reader = new Reader(bytes)
        const decoded = readResult(request, reader)
        expect(reader.remaining, `${request.className} with seed ${seed}`).toBe(0)
        expect(encodeResult(request, decoded, LAYER), `${request.className} with seed ${seed}`).toEqual(bytes)
      }
    }
  })

  it('is the same for the same seed, and another for another seed', () => {
    const request = new Api.messages.GetDialogs({ offsetDate: 0, offsetId: 0, offsetPeer: 'me', limit: 1, hash: 0 })
    const bytes = (seed: number): Uint8Array => encodeResult(request, synthesise(request, seed), LAYER)
    expect(bytes(7)).toEqual(bytes(7))
    expect(new Set(SEEDS.map((seed) => Buffer.from(bytes(seed)).toString('hex'))).size).toBeGreaterThan(1)
  })

  it('reaches every constructor of a type with enough seeds', () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 200; seed++) {
      const answer = synthesise(
        new Api.messages.GetDialogs({ offsetDate: 0, offsetId: 0, offsetPeer: 'me', limit: 1, hash: 0 }),
        seed,
      )
      expect(answer).toBeInstanceOf(TlObject)
      seen.add(answer.className)
    }
    expect([...seen].sort()).toEqual(['messages.Dialogs', 'messages.DialogsNotModified', 'messages.DialogsSlice'])
  })

  it('stays small: no answer is larger than 64 kB', () => {
    const sizes = methods.map(
      (method) => encodeResult(requestOf(method), synthesise(requestOf(method), 11), LAYER).length,
    )
    expect(Math.max(...sizes)).toBeLessThan(64 * 1024)
  })
})
