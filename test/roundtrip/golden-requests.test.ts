import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as Api from '../../generated/api/index.js'
import { readRequest } from '../../generated/api/registry.js'
import { fromHex, toHex } from '../../src/bytes/hex.js'
import type { TlObject } from '../../src/tl/object.js'
import { Reader } from '../../src/tl/reader.js'

interface Golden {
  readonly vectors: readonly { readonly value: Plain; readonly hex: string; readonly why?: string }[]
}
type Plain = { readonly _: string } & Readonly<Record<string, unknown>>

const golden = JSON.parse(readFileSync(new URL('../golden/requests.json', import.meta.url), 'utf8')) as Golden
const squeeze = (hex: string): string => hex.replaceAll(' ', '')

/** `{ _: 'messages.x', ... }` as an instance of `Api.messages.X`. */
function instance({ _: name, ...fields }: Plain): TlObject {
  const [local, namespace] = name.split('.').reverse() as [string, string?]
  const home = (namespace === undefined ? Api : Api[namespace as 'messages']) as unknown as Record<string, new (args: object) => TlObject>
  const build = home[local[0]!.toUpperCase() + local.slice(1)]!
  const args = Object.entries(fields).map(([key, value]) => [key, isPlain(value) ? instance(value) : value] as const)
  return new build(Object.fromEntries(args))
}

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && '_' in value

describe('requests that nine independent encoders agree on', () => {
  for (const [index, { value, hex, why }] of golden.vectors.entries()) {
    it(`${index + 1}: ${value._} is written as they write it${why === undefined ? '' : ` (${why})`}`, () => {
      expect(toHex(instance(value).getBytes())).toBe(squeeze(hex))
    })

    it(`${index + 1}: ${value._} is read back and written again without a change`, () => {
      const reader = new Reader(fromHex(squeeze(hex)))
      const request = readRequest(reader)
      expect(reader.remaining).toBe(0)
      expect(toHex(request.getBytes())).toBe(squeeze(hex))
    })
  }
})
