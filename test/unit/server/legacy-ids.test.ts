import { describe, expect, it } from 'vitest'
import type { Constructor } from '../../../codegen/ir/ir.js'
import * as Api from '../../../generated/api/index.js'
import { LAYER } from '../../../generated/api/registry.js'
import type { TlObject } from '../../../src/tl/object.js'
import { encodeObject } from '../../../src/server/services/encode-result.js'
import { forLayer } from '../../../src/server/services/layers.js'
import { formIn, FORMS_BY_ID } from '../../../src/server/services/legacy-ids.js'
import { Writer } from '../../../src/tl/writer.js'
import { instanceOf } from '../../roundtrip/instances.js'
import { RandomValues } from '../../roundtrip/random-values.js'
import { api } from '../../roundtrip/schema.js'

const idIn = (Class: { readonly className: string; readonly CONSTRUCTOR_ID: number }, layer: number): number | undefined =>
  formIn(Class.className, Class.CONSTRUCTOR_ID, layer)?.id

/** The same fields, and what came since. */
const NEWER: readonly (readonly [TlObject, TlObject])[] = [
  [new Api.MessageMediaPhoto({ ttlSeconds: 5 }), new Api.MessageMediaPhoto({ ttlSeconds: 5, livePhoto: true, video: new Api.DocumentEmpty({ id: 1 }) })],
  [new Api.MessageReplyHeader({ replyToMsgId: 5 }), new Api.MessageReplyHeader({ replyToMsgId: 5, todoItemId: 6, pollOption: Uint8Array.of(1) })],
  [new Api.ChatParticipant({ userId: 1, inviterId: 2, date: 3 }), new Api.ChatParticipant({ userId: 1, inviterId: 2, date: 3, rank: 'x' })],
  [new Api.KeyboardButtonUrl({ text: 'a', url: 'b' }), new Api.KeyboardButtonUrl({ text: 'a', url: 'b', style: new Api.KeyboardButtonStyle({ bgDanger: true }) })],
  [new Api.PeerSettings({ reportSpam: true }), new Api.PeerSettings({ reportSpam: true, phoneCountry: 'CH', nameChangeDate: 4 })],
]

const names = new Set([...FORMS_BY_ID.values()].map(({ name }) => name))
/** Every constructor that has another form somewhere. */
const formed = api.usable.filter((combinator) => combinator.kind === 'constructor' && names.has(combinator.qualifiedName))
const values = new RandomValues(api.index, 1, { usable: () => true })

describe('the form of a constructor in another layer', () => {
  it.each(formed as Constructor[])('stands where its type is expected: $qualifiedName', (combinator) => {
    for (const layer of [198, 214]) {
      const form = forLayer(instanceOf(values.make(combinator)), layer)
      expect(() => Writer.encode({ write: (w) => w.boxed(form, combinator.type) })).not.toThrow()
    }
  })
  it.each(NEWER)('goes without what came since: %o', (plain, newer) => {
    expect(encodeObject(newer, 198)).toEqual(encodeObject(plain, 198))
    expect(encodeObject(newer, LAYER)).not.toEqual(encodeObject(plain, LAYER))
    expect(encodeObject(plain, 198).subarray(0, 4)).not.toEqual(plain.getBytes().subarray(0, 4))
  })
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
