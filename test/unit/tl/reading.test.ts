import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { decode } from '../../../generated/api/decode.js'
import { readObject, readRequest, readResult } from '../../../generated/api/registry.js'
import { fromHex } from '../../../src/bytes/hex.js'
import { TlDecodeError } from '../../../src/errors/codec.js'
import { LocalError } from '../../../src/errors/errors.js'
import { Reader } from '../../../src/tl/reader.js'
import { readInt, readVector } from '../../../src/tl/read-vector.js'
import { costOf } from '../../support/cost.js'

function refusalOf(read: () => unknown): TlDecodeError {
  try {
    read()
  } catch (error) {
    if (error instanceof TlDecodeError) return error
    throw error
  }
  throw new Error('it was accepted')
}

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(' ', ''))
const invite = (fields: object = {}): Api.ChatInviteExported =>
  new Api.ChatInviteExported({ link: 'https://t.me/+x', adminId: 5, date: 43, ...fields })
const answer = (): Uint8Array =>
  new Api.messages.ExportedChatInvites({ count: 2, invites: [invite(), invite({ title: 'three' })], users: [new Api.UserEmpty({ id: 7 })] }).getBytes()

describe('bytes that are refused', () => {
  const ROWS = [
    {
      input: 'an unknown constructor id',
      bytes: 'ffffffff',
      message: 'expected a constructor of layer 228, got 0xffffffff at offset 0 (constructor 0xffffffff)',
      path: '',
      offset: 0,
      constructorId: 0xffffffff,
    },
    {
      input: 'an id that belongs to another type than the field has',
      // inputPeerUserFromMessage with an inputUserSelf as its peer
      bytes: '1c0a7ba8 3fb1c1f7 01000000 0200000000000000',
      message: 'inputPeerUserFromMessage.peer: expected a constructor of InputPeer, got 0xf7c1b13f at offset 4 (constructor 0xf7c1b13f)',
      path: 'inputPeerUserFromMessage.peer',
      offset: 4,
      constructorId: 0xf7c1b13f,
    },
    {
      input: 'a long that is cut off',
      bytes: '4ca5e8dd 0100000000000000 02000000',
      message: 'inputPeerUser.access_hash: expected 8 bytes, got 4 until the end at offset 12 (constructor 0xdde8a54c)',
      path: 'inputPeerUser.access_hash',
      offset: 12,
      constructorId: 0xdde8a54c,
    },
    {
      input: 'bytes behind the object',
      bytes: 'c97ea07d 00',
      message: 'expected the end, got 1 more bytes at offset 4',
      path: '',
      offset: 4,
      constructorId: undefined,
    },
  ]

  for (const { input, bytes, message, path, offset, constructorId } of ROWS) {
    it(input, () => {
      const error = refusalOf(() => decode(hex(bytes)))
      expect(error.message).toBe(message)
      expect(error.path).toBe(path)
      expect(error.offset).toBe(offset)
      expect(error.constructorId).toBe(constructorId)
    })
  }

  const dataJson = (): Uint8Array => new Api.DataJSON({ data: '' }).getBytes().subarray(0, 4)
  const withString = (data: string): Uint8Array => Buffer.concat([dataJson(), hex(data)])

  it('a string whose length begins with 0xff', () => {
    const error = refusalOf(() => decode(withString('ff000000')))
    expect(error.message).toBe('dataJSON.data: expected the length of a string, got the byte 0xff at offset 4 (constructor 0x7d748d04)')
  })

  it.each([
    ['a continuation byte alone', '0180 0000'],
    ['an overlong form', '02c080 00'],
    ['a surrogate', '03eda080'],
    ['a code point above U+10FFFF', '04f4908080 000000'],
    ['a sequence that is cut off', '02e697 00'],
  ])('a string that is no UTF-8: %s', (_, data) => {
    expect(refusalOf(() => decode(withString(data))).message).toMatch(/^dataJSON\.data: expected UTF-8, got bytes that are not at offset 5 /)
  })

  it('a string that ends behind the message', () => {
    expect(refusalOf(() => decode(withString('08616263'))).message).toBe(
      'dataJSON.data: expected a string of 8 bytes and its padding, got 3 until the end at offset 4 (constructor 0x7d748d04)',
    )
    expect(refusalOf(() => decode(withString('feffffff'))).message).toMatch(/expected a string of 16777215 bytes and its padding, got 0/)
  })

  it('an object at every length but its own', () => {
    const whole = answer()
    for (let length = 0; length < whole.length; length++) {
      const error = refusalOf(() => decode(whole.subarray(0, length)))
      expect(error.offset, `${length} bytes`).toBeLessThanOrEqual(length)
    }
    expect(() => decode(whole)).not.toThrow()
    expect(refusalOf(() => decode(Buffer.concat([whole, Buffer.alloc(4)]))).offset).toBe(whole.length)
  })

  it('a Bool that is neither', () => {
    const request = new Api.channels.TogglePreHistoryHidden({ channel: new Api.InputChannelEmpty(), enabled: true }).getBytes()
    const broken = Buffer.concat([request.subarray(0, -4), hex('01000000')])
    const error = refusalOf(() => readRequest(new Reader(broken)))
    expect(error.path).toBe('channels.togglePreHistoryHidden.enabled')
    expect(error.message).toContain('expected Bool, got 0x00000001')
  })
})

describe('vectors', () => {
  const at = (path: string, bytes: Uint8Array): TlDecodeError => {
    const error = refusalOf(() => decode(bytes))
    expect(error.path).toBe(path)
    return error
  }

  it('a wrong vector id is refused', () => {
    const bytes = answer()
    bytes[8]! ^= 1
    expect(at('messages.exportedChatInvites.invites', bytes).message).toContain('expected Vector, got 0x1cb5c414 at offset 8')
  })

  it.each([-1, -(2 ** 31), 2 ** 31 - 1, 100])('a count of %i is refused before anything is allocated', (count) => {
    const bytes = answer()
    new DataView(bytes.buffer, bytes.byteOffset).setInt32(12, count, true)
    expect(at('messages.exportedChatInvites.invites', bytes).message).toContain(`got ${count} at offset 12`)
  })

  it('an error inside names the index', () => {
    const bytes = Buffer.from(answer())
    const second = bytes.indexOf(hex('96bd2ca2'), 20)
    bytes[second]! ^= 1
    at('messages.exportedChatInvites.invites[1]', bytes)
    bytes[second]! ^= 1
    bytes[bytes.length - 12]! ^= 1
    at('messages.exportedChatInvites.users[0]', bytes)
  })

  it('100,000 levels are refused at 64, in no time', () => {
    const level = new Api.TextBold({ text: new Api.TextEmpty() }).getBytes().subarray(0, 4)
    const bytes = Buffer.concat([...Array.from({ length: 100_000 }, () => level), new Api.TextEmpty().getBytes()])
    let message = ''
    expect(costOf(() => ({ message } = refusalOf(() => decode(bytes))), 50)).toBeLessThan(50)
    expect(message).toContain('expected at most 64 levels, got more at offset 260')
    const sixty = Buffer.concat([...Array.from({ length: 60 }, () => level), new Api.TextEmpty().getBytes()])
    expect(() => decode(sixty)).not.toThrow()
  })

  it('100,000 wrapped calls are refused at 64', () => {
    const level = hex('b75994bf')
    const bytes = Buffer.concat([...Array.from({ length: 100_000 }, () => level), new Api.help.GetConfig().getBytes()])
    expect(refusalOf(() => readRequest(new Reader(bytes))).message).toContain('expected at most 64 levels')
  })
})

describe('what is read', () => {
  it('absent optionals are undefined, flags are booleans, longs are big-integers, bytes are Buffers', () => {
    const read = decode(invite({ permanent: true }).getBytes())
    if (!(read instanceof Api.ChatInviteExported)) throw new Error('another class')
    expect(read.permanent).toBe(true)
    expect(read.revoked).toBe(false)
    expect(read.usage).toBeUndefined()
    expect(Object.hasOwn(read, 'usage')).toBe(true)
    expect(read.adminId.equals(5)).toBe(true)
    const { bytes } = readRequest(new Reader(new Api.upload.SaveFilePart({ fileId: 1, filePart: 0, bytes: new Uint8Array([1]) }).getBytes())) as Api.upload.SaveFilePart
    expect(Buffer.isBuffer(bytes)).toBe(true)
  })

  it('bytes are a copy: a later change to the message leaves them alone', () => {
    const message = new Api.upload.SaveFilePart({ fileId: 1, filePart: 0, bytes: new Uint8Array([1, 2, 3]) }).getBytes()
    const read = readRequest(new Reader(message)) as Api.upload.SaveFilePart
    message.fill(0)
    expect([...read.bytes]).toEqual([1, 2, 3])
  })

  it('a short string in the long form, and padding that is not zero, mean what they mean', () => {
    const id = new Api.DataJSON({ data: '' }).getBytes().subarray(0, 4)
    const read = (data: string): string => (decode(Buffer.concat([id, hex(data)])) as Api.DataJSON).data
    expect(read('fe030000 61626300')).toBe('abc')
    expect(read('02616207')).toBe('ab')
  })

  it('texts of every length and script come back', () => {
    for (let length = 0; length < 300; length++) {
      for (const letter of ['a', 'é', '語', '👍']) {
        const data = letter.repeat(length)
        expect((decode(new Api.DataJSON({ data }).getBytes()) as Api.DataJSON).data).toBe(data)
      }
    }
    const data = `${'é'.repeat(9_000)}\ufffd\ufeff${'x'.repeat(70_000)}`
    expect((decode(new Api.DataJSON({ data }).getBytes()) as Api.DataJSON).data).toBe(data)
  })

  it('strings far apart in a long message are told apart', () => {
    const invites = Array.from({ length: 500 }, (_, i) => invite({ link: `https://t.me/+${'x'.repeat(i % 290)}${i}` }))
    const read = decode(new Api.messages.ExportedChatInvites({ count: 500, invites, users: [] }).getBytes()) as Api.messages.ExportedChatInvites
    expect(read.invites.map((each) => (each as Api.ChatInviteExported).link)).toEqual(invites.map(({ link }) => link))
  })

  it('an answer is read by the type that the method says: objects, vectors, bare numbers, Bool, and through wrappers', () => {
    const read = <T>(request: Parameters<typeof readResult<T>>[0], bytes: string): T => readResult(request, new Reader(hex(bytes)))
    expect(read(new Api.account.UpdateStatus({ offline: true }), 'b5757299')).toBe(true)
    expect(read(new Api.messages.ReceivedQueue({ maxQts: 0 }), '15c4b51c 02000000 0100000000000000 ffffffffffffffff').map(String)).toEqual(['1', '-1'])
    const query = new Api.users.GetUsers({ id: [] })
    const wrapped = new Api.InvokeWithLayer({ layer: 228, query: new Api.InvokeWithoutUpdates({ query }) })
    expect(read(wrapped, '15c4b51c 01000000 7a4bbcd3 0500000000000000').map((user) => user.className)).toEqual(['UserEmpty'])
  })

  it('the static and the method that existing code calls read too', () => {
    const bytes = invite().getBytes()
    expect(Api.ChatInviteExported.fromReader(new Reader(bytes, 4)).link).toBe('https://t.me/+x')
    const request = new Api.help.GetNearestDc()
    const nearest = new Api.NearestDc({ country: 'NL', thisDc: 2, nearestDc: 4 })
    expect(request.readResult(new Reader(nearest.getBytes()))).toEqual(nearest)
    expect(Api.messages.GetHistory.fromReader).toBeTypeOf('function')
  })

  it('a class that no registry has is refused with what to do', () => {
    class Unknown extends Api.InputPeerSelf {
      static override readonly CONSTRUCTOR_ID = 1 as never
    }
    expect(() => Unknown.fromReader(new Reader(new Uint8Array(0)))).toThrow(LocalError)
  })

  it('a reader can be given a part of a message, and stops at its end', () => {
    const bytes = Buffer.concat([hex('00000000'), new Api.InputPeerSelf().getBytes(), hex('00000000')])
    const reader = new Reader(bytes, 4, 8)
    expect(readObject(reader).className).toBe('InputPeerSelf')
    expect(reader.remaining).toBe(0)
    expect(() => new Reader(bytes, 4, 6).uint()).toThrow(TlDecodeError)
  })

  it('vectors at the outside have paths that begin with the index', () => {
    const error = refusalOf(() => readVector(new Reader(hex('15c4b51c 02000000 01000000 02000000')), (r) => r.bool(), 4))
    expect(error.path).toBe('[0]')
    expect(readVector(new Reader(hex('15c4b51c 02000000 01000000 02000000')), readInt, 4)).toEqual([1, 2])
  })
})
