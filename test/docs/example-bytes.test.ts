import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { TypeRef } from '../../codegen/ir/ir.js'
import { exampleBuilder, ownStyle } from '../../codegen/docs/example/build.js'
import { encodeWithSpans, spanLength } from '../../codegen/docs/example/encode.js'
import { sentObject, type ExampleObject, type ExampleValue } from '../../codegen/docs/example/value.js'
import { loadCatalog } from '../../codegen/docs/input.js'
import { decodeWithSpans } from '../../codegen/wire/decode.js'
import { Definitions } from '../../codegen/wire/definitions.js'
import { readObject } from '../../generated/api/registry.js'
import { readRequest } from '../../generated/api/read-request.js'
import { Reader } from '../../src/tl/reader.js'

// Another project's writers of the same layer, and its schema, which says where it takes a number for a long.
const foreignSchema = createRequire(import.meta.url).resolve('mtcute-schema/tl/api-schema.json')
const foreignRequire = createRequire(foreignSchema)
const { __tlWriterMap: writers } = (await import(
  pathToFileURL(join(dirname(foreignSchema), 'binary/writer.js')).href
)) as {
  __tlWriterMap: object
}
const { TlBinaryWriter } = foreignRequire('@mtcute/tl-runtime') as {
  TlBinaryWriter: { serializeObject(writers: object, object: object): Uint8Array }
}
const Long = foreignRequire('long') as { fromString(text: string): unknown }
const foreign = JSON.parse(readFileSync(foreignSchema, 'utf8')) as {
  e: { name: string; arguments: { name: string; type: string }[] }[]
}
const foreignTypes = new Map(
  foreign.e.map(({ name, arguments: list }) => [name, new Map(list.map((argument) => [argument.name, argument.type]))]),
)

const catalog = loadCatalog()
const examples = exampleBuilder(catalog.index, ownStyle(catalog.index))

/** An example as the other project's objects: `_` for the name, numbers for some longs, Long objects for the others. */
function translated({ combinator, fields }: ExampleObject): Record<string, unknown> {
  const types = foreignTypes.get(combinator.tlName)
  const result: Record<string, unknown> = { _: combinator.tlName }
  for (const { param, value } of fields)
    result[foreignName(param.tlName)] = foreignValue(value, param.type, types?.get(param.tlName) === 'int53')
  return result
}

/** `srp_B` keeps its underscore here and loses it there. */
function foreignName(tlName: string): string {
  return tlName.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function foreignValue(value: ExampleValue, type: TypeRef, asNumber: boolean): unknown {
  if (value.kind === 'list')
    return value.items.map((item) => foreignValue(item, type.kind === 'vector' ? type.item : type, asNumber))
  const object = sentObject(value)
  if (object !== undefined) return translated(object)
  if (value.kind === 'long' && type.kind === 'primitive' && type.name !== 'long')
    return littleEndian(value.value, type.name)
  if (value.kind === 'long') return asNumber ? Number(value.value) : Long.fromString(String(value.value))
  if (value.kind === 'bytes') return new TextEncoder().encode(value.value)
  return 'value' in value ? value.value : undefined
}

/** A wide number as its raw bytes, lowest first: the other project takes those. */
function littleEndian(value: bigint, type: string): Uint8Array {
  const hex = value.toString(16).padStart(type === 'int128' ? 32 : 64, '0')
  return Buffer.from(hex, 'hex').reverse()
}

function concatenated(object: ExampleObject): Uint8Array {
  return Buffer.concat(encodeWithSpans(object).map(({ bytes }) => bytes))
}

describe('the bytes under an example', () => {
  it('are those of the golden request: 44 bytes, with both flags in the word', () => {
    const method = catalog.index.methods.get('messages.getExportedChatInvites')
    if (method === undefined) throw new Error('the schema lacks messages.getExportedChatInvites')
    const spans = encodeWithSpans(examples.object(method))
    expect(spanLength(spans)).toBe(44)
    expect(Buffer.concat(spans.map(({ bytes }) => bytes)).toString('hex')).toBe(
      'f6a3b5a20c000000c97ea07d3fb1c1f72b00000010736f6d6520737472696e67206865726500000064000000',
    )
    expect(spans[1]?.label).toBe('flags = 12 [2 offset_date, offset_link] [3 revoked]')
  })

  it('follow each other without a gap', () => {
    for (const combinator of catalog.index.schema.combinators) {
      let offset = 0
      for (const span of encodeWithSpans(examples.object(combinator))) {
        expect(span.offset, combinator.tlName).toBe(offset)
        offset += span.bytes.length
      }
    }
  })

  it('equal what an independent encoder writes, for every definition that it knows', () => {
    const different: string[] = []
    let compared = 0
    for (const combinator of catalog.index.schema.combinators) {
      if (!foreignTypes.has(combinator.tlName)) continue
      const object = examples.object(combinator)
      const theirs = Buffer.from(TlBinaryWriter.serializeObject(writers, translated(object))).toString('hex')
      if (theirs !== Buffer.from(concatenated(object)).toString('hex')) different.push(combinator.tlName)
      compared += 1
    }
    console.log(`${compared} examples compared with an independent encoder`)
    expect(different).toEqual([])
    expect(compared).toBeGreaterThan(2_400)
  })

  it('are read by the generated code, and written by it again, byte for byte', () => {
    for (const combinator of catalog.index.schema.combinators) {
      const bytes = concatenated(examples.object(combinator))
      const reader = new Reader(bytes)
      const object = combinator.kind === 'method' ? readRequest(reader) : readObject(reader)
      expect(reader.remaining, combinator.tlName).toBe(0)
      expect(Buffer.from(object.getBytes()).toString('hex'), combinator.tlName).toBe(Buffer.from(bytes).toString('hex'))
    }
  })

  it('are divided as the span decoder of the command line divides them', () => {
    const definitions = new Definitions([catalog.index.schema])
    for (const combinator of catalog.index.schema.combinators) {
      const spans = encodeWithSpans(examples.object(combinator))
      const decoded = decodeWithSpans(concatenated(examples.object(combinator)), definitions)
      const starts = new Set(decoded.spans.map(({ offset }) => offset))
      // A vector's number and count are two rows on the page, and one span there.
      const own = spans.filter(({ label }) => !/: \d+ items?$/.test(label)).map(({ offset }) => offset)
      expect(
        own.filter((offset) => !starts.has(offset)),
        combinator.tlName,
      ).toEqual([])
    }
  })
})
