import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import type { Combinator, TypeRef } from '../../../codegen/ir/ir.js'
import { decodeWithSpans, typeByText } from '../../../codegen/wire/decode.js'
import { Definitions } from '../../../codegen/wire/definitions.js'
import { encodeValue } from '../../../codegen/wire/encode.js'
import { parseLiteral } from '../../../codegen/wire/literal.js'
import { printValue, toJson, WireRefusal } from '../../../codegen/wire/value.js'
import type { WireField, WireValue } from '../../../codegen/wire/value.js'

const schemas = ['api.tl', 'mtproto.tl'].map(
  (name) => compileSchema([{ name, text: readFileSync(`tl/${name}`, 'utf8') }]).schema,
)
const definitions = new Definitions(schemas)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The request of the reference page, its hex spaced by field. */
const REQUEST =
  'f6a3b5a2 0c000000 c97ea07d 3fb1c1f7 2b000000 10 736f6d6520737472696e672068657265 000000 64000000'
const LITERAL = `messages.getExportedChatInvites{ revoked: true, peer: inputPeerSelf, admin_id: inputUserSelf, offset_date: 43, offset_link: "some string here", limit: 100 }`

describe('reading by the schema', () => {
  it('gives each run of bytes its place, its path and its meaning', () => {
    const { value, spans } = decodeWithSpans(bytes(REQUEST), definitions)
    expect(printValue(value)).toBe(LITERAL)
    expect(spans.map(({ offset, path, meaning }) => `${offset} ${path} ${meaning}`)).toEqual([
      '0 messages.getExportedChatInvites messages.getExportedChatInvites#a2b5a3f6',
      '4 messages.getExportedChatInvites.flags flags = 12  [2 offset_date,offset_link] [3 revoked]',
      '8 messages.getExportedChatInvites.peer inputPeerSelf',
      '12 messages.getExportedChatInvites.admin_id inputUserSelf',
      '16 messages.getExportedChatInvites.offset_date 43',
      '20 messages.getExportedChatInvites.offset_link "some string here"',
      '40 messages.getExportedChatInvites.limit 100',
    ])
  })

  it('covers every byte exactly once', () => {
    const { spans } = decodeWithSpans(bytes(REQUEST), definitions)
    let end = 0
    for (const span of spans) {
      expect(span.offset).toBe(end)
      end += span.length
    }
    expect(end).toBe(44)
  })

  it('refuses every prefix, and a byte too many', () => {
    const whole = bytes(REQUEST)
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeWithSpans(whole.subarray(0, length), definitions), `${length} bytes`).toThrow(WireRefusal)
    }
    expect(() => decodeWithSpans(Buffer.concat([whole, Buffer.alloc(1)]), definitions)).toThrow('the object at byte 44: 1 bytes are left over')
  })

  const refusals: readonly (readonly [what: string, input: string, type: string | undefined, message: string])[] = [
    ['an unknown number', '00000001', undefined, 'the object at byte 0: unknown constructor #1000000'],
    ['a number of another type', '3fb1c1f7', 'InputPeer', 'the object at byte 0: expected InputPeer, got inputUserSelf'],
    ['no vector', '00000000', 'Vector<int>', 'the object at byte 0: expected a vector, got #0'],
    ['an impossible count', '15c4b51c ffffffff', 'Vector<int>', 'the object at byte 0: 4294967295 items do not fit into 0 bytes'],
    ['a length of 255', 'ff000000', 'string', 'the object at byte 0: a length of 255 means nothing'],
    ['text that is no UTF-8', '01ff0000', 'string', 'the object at byte 0: the text is no UTF-8'],
    ['neither true nor false', '00000000', 'Bool', 'the object at byte 0: expected Bool, got #0'],
  ]
  it.each(refusals)('refuses %s', (_, input, type, message) => {
    const ref = type === undefined ? undefined : typeByText(type, definitions)
    expect(() => decodeWithSpans(bytes(input), definitions, ref)).toThrow(message)
  })

  it('refuses vectors without end, at once', () => {
    const nested = `${'Vector<'.repeat(70)}int${'>'.repeat(70)}`
    const level = bytes('15c4b51c 01000000')
    const input = Buffer.concat(Array.from({ length: 100_000 }, () => level))
    expect(() => decodeWithSpans(input, definitions, typeByText(nested, definitions))).toThrow('nested deeper than 64')
  })
})

describe('writing by the schema', () => {
  it('gives the bytes of the reference page, from snake or camel case', () => {
    expect(hex(encodeValue(parseLiteral(LITERAL), definitions))).toBe(hex(bytes(REQUEST)))
    const camel = LITERAL.replace('messages.getExported', 'messages.GetExported').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    expect(hex(encodeValue(parseLiteral(camel), definitions))).toBe(hex(bytes(REQUEST)))
  })

  const refusals: readonly (readonly [literal: string, message: string])[] = [
    ['messages.getHistry{}', `the object: unknown name 'messages.getHistry', did you mean 'messages.getHistory'?`],
    ['inputPeerChat{}', 'inputPeerChat.chat_id: expected long, got nothing'],
    ['inputPeerChat{ chat_ids: 1 }', `inputPeerChat: there is no field 'chat_ids', did you mean 'chat_id'?`],
    ['inputPeerChat{ chat_id: 1, chatId: 2 }', `inputPeerChat: the field 'chat_id' is given twice`],
    ['inputPeerChat{ chat_id: 9223372036854775808 }', 'inputPeerChat.chat_id: expected long, got 9223372036854775808'],
    ['inputPeerChat{ chat_id: "1" }', 'inputPeerChat.chat_id: expected long, got "1"'],
    ['users.getUsers{ id: [inputUserSelf, inputPeerSelf] }', 'users.getUsers.id[1]: expected InputUser, got inputPeerSelf'],
    ['users.getUsers{ id: inputUserSelf }', 'users.getUsers.id: expected Vector<InputUser>, got inputUserSelf'],
    [
      LITERAL.replace('offset_date: 43, ', ''),
      `messages.getExportedChatInvites.offset_date: 'offset_date' and 'offset_link' share flags.2: give both or neither`,
    ],
    ['inputPeerSelf{ ', `column 16: expected the name of a field`],
    ['inputPeerSelf }', `column 15: expected nothing more, found '}'`],
    ['@', 'column 1: unexpected "@"'],
  ]
  it.each(refusals)('refuses %s', (literal, message) => {
    expect(() => encodeValue(parseLiteral(literal), definitions)).toThrow(WireRefusal)
    expect(() => encodeValue(parseLiteral(literal), definitions)).toThrow(message)
  })

  it('a true field that is false is absent, a bit that is shared with it is not needed', () => {
    const literal = LITERAL.replace('revoked: true', 'revoked: false')
    expect(hex(encodeValue(parseLiteral(literal), definitions)).slice(8, 16)).toBe('04000000')
  })

  it('wrappers take a whole query', () => {
    const literal = 'invokeWithLayer{ layer: 228, query: help.getNearestDc }'
    expect(hex(encodeValue(parseLiteral(literal), definitions))).toBe('0d0d9bdae40000002630b31f')
    expect(() => encodeValue(parseLiteral('invokeWithLayer{ layer: 228, query: inputPeerSelf }'), definitions)).toThrow('expected !X, got inputPeerSelf')
  })
})

describe('a name that both schemas have', () => {
  /** One message in a container: the service schema's `message`, which is bare there, and not the API's. */
  const CONTAINER = 'dcf8f173 01000000 0100000000000000 03000000 04000000 2630b31f'
  const AS_TEXT = 'msg_container{ messages: [message{ msg_id: 1, seqno: 3, bytes: 4, body: help.getNearestDc }] }'

  it('means the one of the schema that refers to it', () => {
    expect(printValue(decodeWithSpans(bytes(CONTAINER), definitions).value)).toBe(AS_TEXT)
    expect(hex(encodeValue(parseLiteral(AS_TEXT), definitions))).toBe(hex(bytes(CONTAINER)))
  })

  it('means the one that has the fields where nothing refers to it', () => {
    const service = encodeValue(parseLiteral('message{ msg_id: 1, seqno: 3, bytes: 4, body: help.getNearestDc }'), definitions)
    const api = 'message{ id: 1, peer_id: peerUser{ user_id: 2 }, date: 3, message: "text" }'
    expect(printValue(decodeWithSpans(service, definitions).value)).toMatch(/^message{ msg_id: 1, /)
    expect(printValue(decodeWithSpans(encodeValue(parseLiteral(api), definitions), definitions).value)).toBe(api)
    expect(() => encodeValue(parseLiteral('message{ mesage: "text" }'), definitions)).toThrow("did you mean 'message'?")
  })
})

describe('literals', () => {
  it('hold every kind of value', () => {
    const literal = parseLiteral(`a{ b: -5n, c: 1.5, d: 'it''`.replace(`''`, `\\'s'`) + `, e: 0xdeadbeef, f: [true, false], "g": "\\u0041\\n" }`)
    expect(toJson(literal)).toEqual({ _: 'a', b: -5, c: 1.5, d: "it's", e: 'deadbeef', f: [true, false], g: 'A\n' })
    expect(parseLiteral(printValue(literal))).toEqual(literal)
  })

  it.each([
    [-0, '-0.0'],
    [0, '0.0'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('keep the double %s, sign included', (value, text) => {
    const area: WireValue = {
      kind: 'object',
      name: 'mediaAreaCoordinates',
      fields: ['x', 'y', 'w', 'h', 'rotation'].map((name) => ({ name, value: { kind: 'double', value } })),
    }
    expect(printValue({ kind: 'double', value })).toBe(text)
    expect(hex(encodeValue(parseLiteral(printValue(area)), definitions))).toBe(hex(encodeValue(area, definitions)))
    const lacking = Object.is(value, -0) || !Number.isFinite(value)
    expect(JSON.parse(JSON.stringify(toJson(area)))).toMatchObject({ h: lacking ? text : value })
  })

  it('hold every text that is printed, and refuse an escape that says nothing', () => {
    const every = `${Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)).join('')}\u2028\u{1f600}\ufeff`
    expect(parseLiteral(printValue({ kind: 'text', value: every }))).toEqual({ kind: 'text', value: every })
    expect(parseLiteral(String.raw`'\x41\u{1F600}\u0042\v\'\"\\'`)).toEqual({ kind: 'text', value: `A\u{1f600}B\v'"\\` })
    for (const text of [String.raw`"\q"`, String.raw`"\x4"`, String.raw`"\u12"`, String.raw`"\u{110000}"`]) {
      expect(() => parseLiteral(text)).toThrow(`column 1: unknown escape in ${text}`)
    }
    expect(() => parseLiteral('a{ b: }')).toThrow(`column 7: expected a value, found '}'`)
  })

  it('hold a text of megabytes, and miss its end', () => {
    const value = 'a"\n'.repeat(3_000_000)
    expect(parseLiteral(printValue({ kind: 'text', value }))).toEqual({ kind: 'text', value })
    expect(() => parseLiteral('a{ b: "c\\" }')).toThrow('column 7: this text has no closing quote')
  })

  it('with a lone surrogate are no UTF-8', () => {
    const message = 'dataJSON.data: the text has a lone surrogate, which UTF-8 cannot say'
    expect(() => encodeValue(parseLiteral(String.raw`dataJSON{ data: "a\ud800b" }`), definitions)).toThrow(message)
    expect(hex(encodeValue(parseLiteral(String.raw`dataJSON{ data: "\ud83d\ude00" }`), definitions))).toContain('f09f9880')
  })

  it('nested without end are refused', () => {
    expect(() => parseLiteral('['.repeat(100_000))).toThrow('nested deeper than 64')
  })
})

describe('what is written is read as the same', () => {
  const all = schemas.flatMap((schema) => schema.combinators)
  const int = (bits: number): fc.Arbitrary<WireValue> =>
    fc.bigInt({ min: -(1n << BigInt(bits - 1)), max: (1n << BigInt(bits - 1)) - 1n }).map((value) => ({ kind: 'integer', value }))
  const raw = (length: number): fc.Arbitrary<WireValue> =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((value) => ({ kind: 'bytes', value }))

  /** A value of a type; below a few levels only constructors without objects in them. */
  function valueOf(type: TypeRef, depth: number, near: Combinator): fc.Arbitrary<WireValue> {
    switch (type.kind) {
      case 'vector':
        return fc.array(valueOf(type.item, depth, near), { maxLength: depth > 2 ? 0 : 3 }).map((items) => ({ kind: 'list', items }))
      case 'boxed': {
        const names = definitions.constructorsOf(type.type, near)!.map((name) => definitions.constructorByName(name, near)!)
        return depth > 2 ? objectOf(shallowest(names), depth + 1) : fc.constantFrom(...names).chain((each) => objectOf(each, depth + 1))
      }
      case 'bare':
        return objectOf(definitions.constructorByName(type.combinator, near)!, depth + 1)
      case 'generic':
      case 'object':
        return fc.constant({ kind: 'object', name: 'help.getNearestDc', fields: [] })
      case 'primitive':
        switch (type.name) {
          case 'int':
            return int(32)
          case 'long':
            return int(64)
          case '#':
            return fc.nat(0xffffffff).map((value) => ({ kind: 'integer', value: BigInt(value) }))
          case 'double':
            return fc.double().map((value) => ({ kind: 'double', value }))
          case 'string':
            return fc.string({ unit: 'grapheme', maxLength: 300 }).map((value) => ({ kind: 'text', value }))
          case 'bytes':
            return fc.uint8Array({ maxLength: 300 }).map((value) => ({ kind: 'bytes', value }))
          case 'int128':
            return raw(16)
          case 'int256':
            return raw(32)
          default:
            return fc.constant({ kind: 'boolean', value: true })
        }
    }
  }

  const shallowest = (all: readonly Combinator[]): Combinator => {
    const cost = (each: Combinator): number => each.params.filter((param) => param.flag === undefined && param.type.kind === 'boxed').length
    return [...all].sort((a, b) => cost(a) - cost(b))[0]!
  }

  /** Any subset of its optional fields, with those that share a bit together. */
  function objectOf(combinator: Combinator, depth: number): fc.Arbitrary<WireValue> {
    return fc.integer().chain((bits) => {
      const fields = combinator.params
        .filter((param) => !param.isFlagWord && (param.flag === undefined || (depth < 3 && ((bits >>> param.flag.bit) & 1) === 1)))
        .map((param) => valueOf(param.type, depth, combinator).map((value): WireField => ({ name: param.tlName, value })))
      return fc.tuple(...fields).map((given): WireValue => ({ kind: 'object', name: combinator.tlName, fields: given }))
    })
  }

  it('for random objects of every definition', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all).chain((combinator) => objectOf(combinator, 0)), (value) => {
        const written = encodeValue(value, definitions)
        const read = decodeWithSpans(written, definitions)
        expect(hex(encodeValue(read.value, definitions))).toBe(hex(written))
        expect(read.spans.reduce((sum, span) => sum + span.length, 0)).toBe(written.length)
        expect(hex(encodeValue(parseLiteral(printValue(read.value)), definitions))).toBe(hex(written))
      }),
      { numRuns: 400 },
    )
  })
})
