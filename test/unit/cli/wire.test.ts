import { expect, it } from 'vitest'
import { Workspace } from './helpers.js'

const HEX = 'f6a3b5a20c000000c97ea07d3fb1c1f72b00000010736f6d6520737472696e67206865726500000064000000'
const SPANS = `0000  f6a3b5a2          messages.getExportedChatInvites#a2b5a3f6
0004  0c000000          flags = 12  [2 offset_date,offset_link] [3 revoked]
0008  c97ea07d          peer: inputPeerSelf
000c  3fb1c1f7          admin_id: inputUserSelf
0010  2b000000          offset_date: 43
0014  10736f6d65…(+15)  offset_link: "some string here"
0028  64000000          limit: 100
44/44 bytes
`

it('decode reads hexadecimal, base64, a file and standard input, each as bytes or as text', async () => {
  using work = new Workspace({ 'dump.txt': `${HEX.replace(/(.{8})/g, '$1 ')}\n` })
  const bytes = Buffer.from(HEX, 'hex')
  const inputs: readonly (readonly [string, Uint8Array?])[] = [
    [HEX],
    [`0x${HEX.toUpperCase()}`],
    [bytes.toString('base64')],
    [bytes.toString('base64url')],
    ['dump.txt'],
    ['-', bytes],
    ['-', Buffer.from(`${HEX}\n`)],
  ]
  for (const [input, stdin] of inputs) {
    expect(await work.run(['decode', input, '--spans'], stdin && { input: stdin }), input).toEqual({ code: 0, out: SPANS, err: '' })
  }
  expect((await work.run(['decode', 'not-a-file!'])).code).toBe(2)
})

it('what decode prints, encode reads', async () => {
  using work = new Workspace()
  const { out } = await work.run(['decode', HEX])
  expect(out).toContain('  offset_link: "some string here",\n')
  expect(await work.run(['encode', out])).toEqual({ code: 0, out: `${HEX}\n`, err: '' })
  expect((await work.run(['encode', '-', '--spans'], { input: Buffer.from(out) })).out).toBe(SPANS)
})

it('an unknown number names the layer that has it, and that layer can be asked for', async () => {
  using work = new Workspace()
  expect(await work.run(['decode', 'c6088ad500000000'])).toEqual({
    code: 4,
    out: '',
    err: 'error: the object at byte 0: unknown constructor #d58a08c6; it is dialog#d58a08c6 of layers 167 to 223: try --layer 223\n',
  })
  expect((await work.run(['decode', '0100000000000000'])).err).toContain('unknown constructor #1; no known layer has it')
})

it('the number of a built-in type says how to read it', async () => {
  using work = new Workspace()
  const error = async (...args: string[]): Promise<string> => (await work.run(['decode', ...args])).err
  expect(await error('15c4b51c00000000')).toContain("unknown constructor #1cb5c415; it is a vector: say of what, as in --as 'Vector<long>'")
  expect(await error('b5757299')).toContain('unknown constructor #997275b5; it is boolTrue: read it with --as Bool')
  expect(await error('379779bc')).toContain('unknown constructor #bc799737; it is boolFalse: read it with --as Bool')
  expect(await error('b5757299', '--layer', '228', '--schema', 'x.tl')).toBe('error: --layer and --schema exclude each other\n')
})

it('bad bytes are the wire\'s fault, a bad value the caller\'s', async () => {
  using work = new Workspace()
  expect(await work.run(['decode', HEX.slice(0, 40)])).toMatchObject({
    code: 4,
    err: 'error: messages.getExportedChatInvites.offset_link at byte 20: 1 bytes are needed, 0 are left\n',
  })
  expect(await work.run(['encode', 'inputPeerChat{ chat_id: 1.5 }'])).toMatchObject({
    code: 2,
    err: 'error: inputPeerChat.chat_id: expected long, got 1.5\n',
  })
})

it('values without a number of their own are read and written by their type', async () => {
  using work = new Workspace()
  const vector = await work.run(['encode', '[1, -2]', '--as', 'Vector<long>'])
  expect(vector.out).toBe('15c4b51c020000000100000000000000feffffffffffffff\n')
  expect((await work.run(['decode', vector.out.trim(), '--as', 'Vector<long>'])).out).toBe('[1, -2]\n')
  expect(await work.run(['decode', '00', '--as', 'Vector<Lng>'])).toMatchObject({ code: 2, err: `error: the schema has no type 'Vector<Lng>'\n` })
})

it('service messages are known beside the API, and a schema of one\'s own instead of it', async () => {
  using work = new Workspace({ 'mine.tl': 'point x:int y:int = Point;' })
  expect((await work.run(['encode', 'ping{ ping_id: 7 }'])).out).toBe('ec77be7a0700000000000000\n')
  const point = await work.run(['encode', 'point{ x: 1, y: -1 }', '--schema', 'mine.tl', '--json'])
  const { hex } = JSON.parse(point.out) as { hex: string }
  expect((await work.run(['decode', hex, '--schema', 'mine.tl', '--json'])).out).toContain('"_": "point"')
})
