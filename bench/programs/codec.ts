/**
 * One figure of the codec, as JSON: `codec.ts encode`. What another figure has warmed would colour it, so each has a process
 * of its own; the contestants of a figure share one, and take turns.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as ApiModule from '../../generated/api/index.js'
import type * as RegistryModule from '../../generated/api/registry.js'
import { flatGenerated } from '../../scripts/flat-generated.js'
import type * as ReaderModule from '../../src/tl/reader.js'
import type { CodecFigure } from '../codec.js'
import { median } from '../figure.js'
import type { Figure, Peer } from '../figure.js'
import { generateNativeLongs } from '../native-longs.js'

/** Measured in turns, so that a machine that slows down slows everybody. */
const ROUNDS = 11
const ROUND_MS = 150

type Work = () => unknown
type Contestants = Partial<Record<'ours' | Peer, Work>>

/** Calls per second of each contestant: the median of several short rounds. */
function race(contestants: Contestants): Partial<Record<'ours' | Peer, number>> {
  const entries = Object.entries(contestants) as ['ours' | Peer, Work][]
  const rates = new Map(entries.map(([name]) => [name, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, work] of entries) {
      const startedMs = performance.now()
      let calls = 0
      while (performance.now() - startedMs < ROUND_MS) {
        for (let i = 0; i < 20; i++) work()
        calls += 20
      }
      if (round > 0) rates.get(name)!.push((calls * 1000) / (performance.now() - startedMs))
    }
  }
  return Object.fromEntries([...rates].map(([name, values]) => [name, median(values)]))
}

function figure(what: string, contestants: Contestants): Figure {
  const { ours, ...peers } = race(contestants)
  return { what, unit: '/s', ours: ours!, peers, better: 'higher' }
}

/** One invite and one user of the answer, as every library spells them. */
const invite = (i: number, long: (value: bigint) => unknown) => ({
  permanent: i % 3 === 0,
  link: `https://t.me/+AbCdEfGhIj${String(i).padStart(6, '0')}`,
  adminId: long(5_000_000_000n + BigInt(i)),
  date: 1_700_000_000 + i,
  usage: i,
  title: i % 4 === 0 ? 'Friends of friends' : undefined,
})
const user = (i: number, long: (value: bigint) => unknown, hash: (value: bigint) => unknown, photo: (fields: object) => unknown) => ({
  contact: i % 2 === 0,
  id: long(5_000_000_000n + BigInt(i)),
  accessHash: hash(-6_148_914_691_236_517_205n + BigInt(i)),
  firstName: i % 7 === 0 ? 'Анна' : `First${i}`,
  lastName: i % 2 === 0 ? `Lastname${i}` : undefined,
  username: `username_${i}`,
  phone: `888${String(i).padStart(7, '0')}`,
  photo: photo({ photoId: hash(5_123_456_789_012_345_678n + BigInt(i)), dcId: 2 }),
})

const same = <T>(value: T): T => value
const hundred = <T>(make: (i: number) => T): T[] => Array.from({ length: 100 }, (_, i) => make(i))
const defined = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

interface Gram {
  readonly Api: typeof ApiModule
}

const require = createRequire(import.meta.url)

async function mtcute() {
  const folder = require.resolve('@mtcute/core').replace(/index\.\w+$/, '')
  const runtime = (await import(require.resolve('@mtcute/tl-runtime').replace(/cjs$/, 'js'))) as {
    TlBinaryWriter: { serializeObject(map: unknown, object: unknown): Uint8Array }
    TlBinaryReader: { deserializeObject(map: unknown, bytes: Uint8Array): unknown }
  }
  const { __tlWriterMap: writers } = (await import(`${folder}tl/binary/writer.js`)) as { __tlWriterMap: unknown }
  const { __tlReaderMap: readers } = (await import(`${folder}tl/binary/reader.js`)) as { __tlReaderMap: unknown }
  const { Long } = await import('@mtcute/core')
  return {
    long: (value: bigint) => Long.fromString(String(value)),
    encode: (object: unknown) => runtime.TlBinaryWriter.serializeObject(writers, object),
    decode: (bytes: Uint8Array) => runtime.TlBinaryReader.deserializeObject(readers, bytes),
  }
}

/** What a GramJS-like package makes of the same work. */
function gram(name: 'telegram' | 'teleproto') {
  const { Api } = require(name) as Gram
  const bigInt = require('big-integer') as (value: bigint) => never
  const { BinaryReader } = require(`${name}/extensions`) as { BinaryReader: new (bytes: Buffer) => { tgReadObject(): unknown } }
  const invites = hundred((i) => new Api.ChatInviteExported(defined(invite(i, bigInt)) as never))
  const users = hundred((i) => new Api.User(defined(user(i, bigInt, bigInt, (fields) => new Api.UserProfilePhoto(fields as never))) as never))
  const answer = new Api.messages.ExportedChatInvites({ count: 100, invites, users })
  const bytes = answer.getBytes()
  const peer = { userId: bigInt(1234567890123n), accessHash: bigInt(-42n) }
  const build = () =>
    new Api.messages.GetExportedChatInvites({
      peer: new Api.InputPeerUser(peer),
      adminId: new Api.InputUser(peer),
      limit: 100,
      revoked: true,
      offsetDate: 43,
      offsetLink: 'some string here',
    })
  const built = build()
  return {
    request: () => build().getBytes(),
    encodeRequest: () => built.getBytes(),
    encode: () => answer.getBytes(),
    decode: () => new BinaryReader(bytes).tgReadObject(),
  }
}

/** The answer, as the classes of one generated API have it. */
function answerOf(Api: typeof ApiModule): ApiModule.messages.ExportedChatInvites {
  const invites = hundred((i) => new Api.ChatInviteExported(invite(i, same) as never))
  const users = hundred((i) => new Api.User(user(i, same, same, (fields) => new Api.UserProfilePhoto(fields as never)) as never))
  return new Api.messages.ExportedChatInvites({ count: 100, invites, users })
}

/** The request of the reference page, built from literals. */
const requestOf = (Api: typeof ApiModule) => (): ApiModule.messages.GetExportedChatInvites =>
  new Api.messages.GetExportedChatInvites({
    peer: new Api.InputPeerUser({ userId: 1234567890123n, accessHash: -42n }),
    adminId: new Api.InputUser({ userId: 1234567890123n, accessHash: -42n }),
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })

/** Both parts of the work, and the second alone. */
function requestWork(Api: typeof ApiModule): { request: Work; encodeRequest: Work } {
  const build = requestOf(Api)
  const built = build()
  return { request: () => build().getBytes(), encodeRequest: () => built.getBytes() }
}

/** The same work by an API whose longs are native, as `long: 'bigint'` in a config generates it. */
async function native() {
  const folder = await generateNativeLongs()
  const Api = (await import(join(folder, 'index.js'))) as typeof ApiModule
  const { readObject } = (await import(join(folder, 'registry.js'))) as typeof RegistryModule
  const { Reader } = (await import(join(folder, 'reader.js'))) as typeof ReaderModule
  const answer = answerOf(Api)
  const bytes = answer.getBytes()
  return { ...requestWork(Api), encode: () => answer.getBytes(), decode: () => readObject(new Reader(bytes)) }
}

type Figures = Readonly<Record<CodecFigure, () => Figure | Promise<Figure>>>

async function figures(): Promise<Figures> {
  const flat = await flatGenerated()
  const Api = (await import(join(flat, 'generated/api/index.js'))) as typeof ApiModule
  const { readObject } = (await import(join(flat, 'generated/api/registry.js'))) as typeof RegistryModule
  const { Reader } = (await import(join(flat, 'src/tl/reader.js'))) as typeof ReaderModule
  const theirs = await mtcute()
  const grams = { GramJS: gram('telegram'), teleproto: gram('teleproto') }
  const answer = answerOf(Api)
  const bytes = answer.getBytes()
  const mtcuteAnswer = {
    _: 'messages.exportedChatInvites',
    count: 100,
    invites: hundred((i) => ({ _: 'chatInviteExported', ...invite(i, Number) })),
    users: hundred((i) => ({ _: 'user', ...user(i, Number, theirs.long, (fields) => ({ _: 'userProfilePhoto', ...fields })) })),
  }
  const theirBytes = theirs.encode(mtcuteAnswer)
  if (theirBytes.length !== bytes.length) throw new Error('mtcute encodes another answer')
  const accessHash = theirs.long(-42n)
  const theirRequest = () => ({
    _: 'messages.getExportedChatInvites',
    peer: { _: 'inputPeerUser', userId: 1234567890123, accessHash },
    adminId: { _: 'inputUser', userId: 1234567890123, accessHash },
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })
  const theirBuilt = theirRequest()
  const ours = requestWork(Api)
  const others = (work: keyof typeof grams.GramJS) => ({ GramJS: grams.GramJS[work], teleproto: grams.teleproto[work] })
  const encodeTheirBuilt = () => theirs.encode(theirBuilt)
  const encodeTheirRequest = () => theirs.encode(theirRequest())
  const decodeTheirs = () => theirs.decode(theirBytes)
  const encodeTheirs = () => theirs.encode(mtcuteAnswer)
  const withNativeLongs = 'the same with native longs'
  return {
    encodeRequest: () =>
      figure('encode messages.getExportedChatInvites', {
        ours: ours.encodeRequest,
        mtcute: encodeTheirBuilt,
        ...others('encodeRequest'),
      }),
    encodeNativeRequest: async () => figure(withNativeLongs, { ours: (await native()).encodeRequest, mtcute: encodeTheirBuilt }),
    request: () => figure('build and encode it', { ours: ours.request, mtcute: encodeTheirRequest, ...others('request') }),
    nativeRequest: async () => figure(withNativeLongs, { ours: (await native()).request, mtcute: encodeTheirRequest }),
    decode: () =>
      figure(`decode the answer with 100 invites and 100 users, ${bytes.length} bytes`, {
        ours: () => readObject(new Reader(bytes)),
        mtcute: decodeTheirs,
        ...others('decode'),
      }),
    decodeNative: async () => figure(withNativeLongs, { ours: (await native()).decode, mtcute: decodeTheirs }),
    encode: () => figure('encode that answer', { ours: () => answer.getBytes(), mtcute: encodeTheirs, ...others('encode') }),
    encodeNative: async () => figure(withNativeLongs, { ours: (await native()).encode, mtcute: encodeTheirs }),
  }
}

const all = await figures()
console.log(JSON.stringify(await all[process.argv[2] as CodecFigure]()))
process.exit(0)
