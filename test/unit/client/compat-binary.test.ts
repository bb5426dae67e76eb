import bigInt from 'big-integer'
import * as theirs from 'telegram'
import { describe, expect, it } from 'vitest'
import { Api, extensions, tl, TlDecodeError } from '../../../src/entry/index.js'
import { LAYER, tlobjects } from '../../../src/entry/tl/AllTLObjects.js'

const { BinaryReader, BinaryWriter } = extensions
const bytes = Buffer.from(Array.from({ length: 64 }, (_, i) => (37 * i + 200) & 255))

describe('a BinaryReader', () => {
  it('reads numbers as existing packages do', () => {
    const ours = new BinaryReader(bytes)
    const other = new theirs.extensions.BinaryReader(bytes)
    const reads = [
      (r: InstanceType<typeof BinaryReader>) => r.readByte(),
      (r) => r.readInt(),
      (r) => r.readInt(false),
      (r) => r.readLong().toString(),
      (r) => r.readLong(false).toString(),
      (r) => r.readFloat(),
      (r) => r.readDouble(),
      (r) => r.readLargeInt(128, false).toString(),
      (r) => r.tellPosition(),
      (r) => r.tgReadDate().getTime(),
      (r) => r.offset,
      (r) => r.seek(-8),
      (r) => r.read(3).toString('hex'),
      (r) => r.setPosition(60),
      (r) => r.read().toString('hex'),
      (r) => r.getBuffer().length,
    ] satisfies ((r: InstanceType<typeof BinaryReader>) => unknown)[]
    for (const read of reads) {
      expect([read.toString(), read(ours)]).toEqual([read.toString(), read(other as never)])
      expect(ours.offset).toBe(other.offset)
    }
  })
  it('reads strings and objects', () => {
    const text = tl.serializeBytes('some text')
    const long = tl.serializeBytes(Buffer.alloc(300, 1))
    const reader = new BinaryReader(Buffer.concat([text, long, new Api.InputPeerChat({ chatId: 5 }).getBytes()]))
    expect(reader.tgReadString()).toBe('some text')
    expect(reader.tgReadBytes()).toHaveLength(300)
    const chat = reader.tgReadObject()
    expect(chat).toBeInstanceOf(Api.InputPeerChat)
    expect(chat).toMatchObject({ chatId: bigInt(5) })
  })
  it('reads what is no object of a class', () => {
    const yes = Buffer.from('b5757299', 'hex')
    const no = Buffer.from('379779bc', 'hex')
    expect(new BinaryReader(yes).tgReadObject()).toBe(true)
    expect(new BinaryReader(no).tgReadBool()).toBe(false)
    const self = new Api.InputPeerSelf().getBytes()
    const vector = Buffer.concat([Buffer.from('15c4b51c03000000', 'hex'), yes, self, no])
    expect(new BinaryReader(vector).tgReadObject()).toEqual([true, new Api.InputPeerSelf(), false])
    expect(new BinaryReader(vector).tgReadVector()).toHaveLength(3)
  })
  it('gives classes and requests what they read', () => {
    const user = new Api.InputPeerUser({ userId: 1, accessHash: 2 })
    const reader = new BinaryReader(user.getBytes())
    expect(reader.readInt(false)).toBe(Api.InputPeerUser.CONSTRUCTOR_ID)
    expect(Api.InputPeerUser.fromReader(reader)).toEqual(user)
    const answer = new BinaryReader(new Api.NearestDc({ country: 'NL', thisDc: 1, nearestDc: 4 }).getBytes())
    expect(new Api.help.GetNearestDc().readResult(answer)).toMatchObject({ nearestDc: 4 })
  })
  it('refuses what is not there, with the offset', () => {
    expect(() => new BinaryReader(Buffer.alloc(3)).readInt()).toThrow(TlDecodeError)
    expect(() => new BinaryReader(bytes).read(65)).toThrow(/65 bytes.*64 until the end/)
    expect(new BinaryReader(bytes).read(65, false)).toHaveLength(64)
    expect(() => new BinaryReader(bytes).setPosition(65)).toThrow('expected an offset from 0 to 64, got 65')
    expect(() => new BinaryReader(bytes).seek(-1)).toThrow('got -1')
    expect(() => new BinaryReader(Buffer.alloc(4)).tgReadObject()).toThrow(/0x00000000/)
    expect(() => new BinaryReader('00' as never)).toThrow(/only bytes can be read/)
    const endless = Buffer.concat(Array.from({ length: 100 }, () => Buffer.from('15c4b51c01000000', 'hex')))
    expect(() => new BinaryReader(endless).tgReadObject()).toThrow(/64 levels/)
  })
})

describe('a BinaryWriter', () => {
  it('joins bytes', () => {
    const writer = new BinaryWriter(Buffer.from('a'))
    writer.write(Buffer.from('b'))
    const first = writer.getValue()
    writer.write(new Uint8Array([99]))
    expect(first.toString()).toBe('ab')
    expect(writer.getValue().toString()).toBe('abc')
    expect(() => writer.write('c' as never)).toThrow('only bytes can be written: expected a Uint8Array, got "c"')
  })
})

describe('the table of all classes', () => {
  it('has each by its id', () => {
    expect(LAYER).toBeGreaterThan(200)
    expect(Object.keys(tlobjects).length).toBeGreaterThan(2_000)
    expect(tlobjects[Api.InputPeerSelf.CONSTRUCTOR_ID]).toBe(Api.InputPeerSelf)
    expect(tlobjects[Api.messages.SendMessage.CONSTRUCTOR_ID]).toBe(Api.messages.SendMessage)
    for (const [id, of] of Object.entries(tlobjects)) expect(of.CONSTRUCTOR_ID).toBe(Number(id))
  })
  it('reads what a reader finds', () => {
    const reader = new BinaryReader(new Api.InputPeerChat({ chatId: 5 }).getBytes())
    const read = tlobjects[reader.readInt(false)]!.fromReader(reader)
    expect(read).toBeInstanceOf(Api.InputPeerChat)
  })
  it('cannot be changed', () => {
    expect(() => Object.assign(tlobjects, { 1: Api.InputPeerSelf })).toThrow(TypeError)
  })
})
