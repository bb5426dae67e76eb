import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { findPeerSites } from '../../../src/entities/peer-finder.js'
import type { TlObject } from '../../../src/tl/object.js'

type AnyClass = (new (args: object) => TlObject & Record<string, unknown>) & { readonly className: string }

function classes(from: object): AnyClass[] {
  return Object.values(from).flatMap((value: unknown) => {
    if (typeof value === 'function' && 'className' in value) return [value as unknown as AnyClass]
    return typeof value === 'object' && value !== null ? classes(value) : []
  })
}

describe('places for peers', () => {
  it('are found under the name of their property in every class of the layer', () => {
    let places = 0
    for (const each of classes(Api)) {
      const everything = new each({})
      const names = Object.keys(everything)
      for (const name of names) everything[name] = everything[name] === false || ['username']
      for (const { path } of findPeerSites(everything)) {
        places++
        expect(names, `${each.className} ${path.join('.')}`).toContain(path[0])
      }
    }
    expect(places).toBeGreaterThan(500)
  })
  it('hold no peer when they are empty, and none that is one already', () => {
    const request = new Api.messages.GetExportedChatInvites({
      peer: new Api.InputPeerSelf(),
      adminId: undefined as never,
      limit: 1,
    })
    expect(findPeerSites(request)).toEqual([])
  })
  it('are found behind an object that contains itself, without an end', () => {
    const nested = new Api.InvokeWithLayer({ layer: 1, query: new Api.help.GetConfig() })
    nested.query = nested as never
    expect(findPeerSites(nested)).toEqual([])
  })
})
