import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { LAYER } from '../../../generated/api/registry.js'
import { formIn } from '../../../src/server/services/legacy-ids.js'

const idIn = (Class: { readonly className: string; readonly CONSTRUCTOR_ID: number }, layer: number): number | undefined =>
  formIn(Class.className, Class.CONSTRUCTOR_ID, layer)?.id

describe('the form of a constructor in another layer', () => {
  it('is known where the layers on both sides agree', () => {
    expect([198, 205, 214].map((layer) => idIn(Api.KeyboardButton, layer))).toEqual([0xa2fa4880, 0xa2fa4880, 0xa2fa4880])
    expect(formIn('KeyboardButton', Api.KeyboardButton.CONSTRUCTOR_ID, 205)).toMatchObject({ flagless: true })
  })
  it('is that of today where they do not, and where no layer is known', () => {
    expect([198, 205, 214].map((layer) => idIn(Api.MessageReplyHeader, layer))).toEqual([0xafbc09db, undefined, 0x6917560b])
    for (const layer of [144, 220, 227, LAYER, LAYER + 1]) expect(idIn(Api.KeyboardButton, layer)).toBeUndefined()
    expect(idIn(Api.messages.SearchGlobal, 227)).toBe(0x4bc6589a)
    expect(idIn(Api.PeerUser, 198)).toBeUndefined()
  })
})
