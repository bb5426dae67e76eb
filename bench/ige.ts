import { createRequire } from 'node:module'
import { randomBytes } from 'node:crypto'
import { NodeCryptoProvider } from '@mtcute/node/utils.js'
import { bigIntToBytesBE, bigIntToMinimalBytesBE } from '../src/bytes/bigint.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../src/crypto/aes-ige.js'
import { checkDhParameters, checkDhValue, dhSharedKey, drawDhKeyPair } from '../src/crypto/dh.js'
import { KNOWN_PRIME } from '../src/crypto/known-prime.js'
import { modPow } from '../src/crypto/mod-pow.js'
import { PqFactorization } from '../src/crypto/pq.js'
import { rsaPadEncrypt } from '../src/crypto/rsa-pad.js'
import { generateRsaPrivateKey } from '../src/crypto/rsa-private.node.js'
import { systemPlatform } from '../src/platform/system.js'
import { median, type Figure, type Peer, type Section } from './figure.js'

type Cipher = (data: Uint8Array) => unknown
interface Contestant {
  readonly encrypt: Cipher
  readonly decrypt: Cipher
}
interface IgeClass {
  new (key: Buffer, iv: Buffer): { encryptIge(data: Buffer): Buffer; decryptIge(data: Buffer): Buffer }
}

const SIZES = [
  ['1 MiB', 1 << 20],
  ['16 KiB', 1 << 14],
  ['1 KiB', 1 << 10],
  ['128 bytes', 128],
] as const
const ROUNDS = 15
/** Enough work per measurement that the clock's own grain does not count, and no more than that of whoever is slow. */
const BYTES_PER_ROUND = 4 << 20
const ROUND_MS = 40
const EXCHANGES = 20

/** Every message of MTProto has keys of its own, so that setting the cipher up is part of the work. */
async function contestants(): Promise<Record<'rawgram' | Peer, Contestant>> {
  const key = randomBytes(32)
  const iv = randomBytes(32)
  const require = createRequire(import.meta.url)
  const ofPackage = (name: string): Contestant => {
    const { IGE } = require(`${name}/crypto/IGE`) as { IGE: IgeClass }
    return {
      encrypt: (data) => new IGE(key, iv).encryptIge(data as Buffer),
      decrypt: (data) => new IGE(key, iv).decryptIge(data as Buffer),
    }
  }
  const mtcute = new NodeCryptoProvider()
  await mtcute.initialize()
  return {
    rawgram: { encrypt: (data) => aesIgeEncrypt(data, key, iv), decrypt: (data) => aesIgeDecrypt(data, key, iv) },
    mtcute: {
      encrypt: (data) => mtcute.createAesIge(key, iv).encrypt(data),
      decrypt: (data) => mtcute.createAesIge(key, iv).decrypt(data),
    },
    GramJS: ofPackage('telegram'),
    teleproto: ofPackage('teleproto'),
  }
}

function callsPerRound(cipher: Cipher, data: Uint8Array): number {
  cipher(data)
  const startedMs = performance.now()
  cipher(data)
  const affordable = ROUND_MS / (performance.now() - startedMs)
  return Math.ceil(Math.min(BYTES_PER_ROUND / data.length, affordable))
}

/** Megabytes per second, from rounds taken in turn: a machine that slows down slows everybody. */
function speeds(ciphers: Record<'rawgram' | Peer, Cipher>, length: number): Record<'rawgram' | Peer, number> {
  const data = randomBytes(length)
  const names = Object.keys(ciphers) as ('rawgram' | Peer)[]
  const taken = new Map(names.map((name) => [name, [] as number[]]))
  const callsOf = new Map(names.map((name) => [name, callsPerRound(ciphers[name], data)]))
  for (let round = -2; round < ROUNDS; round++) {
    for (const name of names) {
      const calls = callsOf.get(name)!
      const startedMs = performance.now()
      for (let call = 0; call < calls; call++) ciphers[name](data)
      if (round >= 0) taken.get(name)!.push((calls * length) / 1000 / (performance.now() - startedMs))
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name)!)])) as Record<'rawgram' | Peer, number>
}

/** Processor milliseconds of the client's part of a key exchange: pq, RSA_PAD, the checks, two powers of 2048 bits. */
function exchangeMs(): number {
  const serverKey = generateRsaPrivateKey()
  const serverValue = modPow(3n, BigInt(`0x${randomBytes(256).toString('hex')}`), KNOWN_PRIME)
  const pq = bigIntToMinimalBytesBE(1724114033281923457n)
  const samples: number[] = []
  for (let exchange = 0; exchange < EXCHANGES; exchange++) {
    const before = process.cpuUsage()
    const factoring = new PqFactorization(pq)
    while (factoring.step(4096) === undefined);
    rsaPadEncrypt(new Uint8Array(96), serverKey, systemPlatform.random)
    checkDhParameters(KNOWN_PRIME, 3)
    checkDhValue(serverValue, KNOWN_PRIME, 'g_a')
    const { exponent, value } = drawDhKeyPair(3, KNOWN_PRIME, systemPlatform.random)
    bigIntToBytesBE(value, 256)
    dhSharedKey(serverValue, exponent, KNOWN_PRIME)
    const { user, system } = process.cpuUsage(before)
    samples.push((user + system) / 1000)
  }
  return median(samples)
}

export const ige: Section = {
  name: 'crypto',
  async measure(): Promise<Figure[]> {
    const all = await contestants()
    const figures: Figure[] = []
    for (const [what, length] of SIZES) {
      for (const way of ['encrypt', 'decrypt'] as const) {
        const { rawgram, mtcute, GramJS, teleproto } = all
        const ciphers = { rawgram: rawgram[way], mtcute: mtcute[way], GramJS: GramJS[way], teleproto: teleproto[way] }
        const { rawgram: ours, ...peers } = speeds(ciphers, length)
        figures.push({ what: `AES-256-IGE, ${way} ${what}`, unit: 'MB/s', ours, peers, better: 'higher' })
      }
    }
    const what = "a key exchange, the client's arithmetic"
    figures.push({ what, unit: 'ms', ours: exchangeMs(), peers: {}, better: 'lower' })
    return figures
  },
}
