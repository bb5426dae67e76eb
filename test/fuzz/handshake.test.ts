/**
 * The key exchange, fed with damaged answers at every step, those of corpus/handshake.json first.
 * `FUZZ_CASES=1000000 npx vitest run test/fuzz/handshake.test.ts` runs a million, `FUZZ_SEED` repeats a run.
 */
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/bytes/hex.js'
import { isPrime } from '../../src/crypto/prime.node.js'
import { RemoteError } from '../../src/errors/errors.js'
import { decodePlain } from '../../src/mtproto/plain.js'
import { step1, step2, step3, step4, step5, step6 } from '../../src/mtproto/handshake/client.js'
import * as server from '../../src/mtproto/handshake/server.js'
import { seededRandom } from '../../src/platform/manual.js'
import { transportErrorPayload } from '../../src/transport/payload.js'
import { Peer } from '../protocol/peer.js'
import { rsaKey } from '../protocol/right-server.js'
import { CASES, corpus, Gauge, SEED } from './gauge.js'
import { FuzzDice, mutate } from './mutate.js'

/** Every answer begins with its constructor and two nonces; in resPQ, the eight bytes of pq and their length follow. */
const NONCE_AT = 4
const PQ_AT = NONCE_AT + 16 + 16 + 1

/** Every so many cases, a pq of chance is factored to its end; that takes as long as a thousand other cases. */
const CASES_PER_FACTORING = 1000

/** What was recorded elsewhere, with the nonces of this exchange in it. */
function ofThisExchange(known: Uint8Array, answer: Uint8Array): Uint8Array {
  const copy = known.slice()
  if (copy.length >= PQ_AT) copy.set(answer.subarray(NONCE_AT, PQ_AT - 1), NONCE_AT)
  return copy
}

/** A prime of 31 bits. */
function somePrime(dice: FuzzDice): bigint {
  let n = BigInt(dice.below(2 ** 30) * 2 + 2 ** 30 + 1) & 0x7fff_ffffn
  while (!isPrime(n)) n += 2n
  return n
}

/** One right exchange, with the state before each answer. */
function recording(): { readonly step: string; readonly answer: Uint8Array; readonly take: (answer: Uint8Array) =>
  unknown }[] {
  const random = seededRandom(1)
  const first = step1(random)
  const resPq = server.answerReqPq(first.request, [rsaKey()], { p: 1_229_739_323n, q: 1_402_015_859n }, random)
  const factoring = step2(first.state, resPq.answer, [rsaKey()])
  let factors = step3(factoring)
  while (factors === undefined) factors = step3(factoring)
  const second = step4(factoring, factors, { dc: 2 }, random)
  const params = server.answerReqDhParams(resPq.state, second.request, [rsaKey()], 1_790_000_000, random)
  const third = step5(second.state, params.answer, random)
  const ok = server.answerSetClientDhParams(params.state, third.request, () => false)
  return [
    { step: 'resPQ', answer: resPq.answer, take: (answer) => step2(first.state, answer, [rsaKey()]) },
    { step: 'server_DH_params', answer: params.answer, take: (answer) => step5(second.state, answer, random) },
    {
      step: 'dh_gen',
      answer: ok.answer,
      take: (answer) => step6({ ...third.state, newNonce: third.state.newNonce.slice() }, answer, random),
    },
  ]
}

describe('the key exchange under damaged bytes', () => {
  it('R11: whatever stands in an answer is refused by a RemoteError, or changes nothing that is read', () => {
    const dice = new FuzzDice(SEED)
    const steps = recording()
    const known = corpus('handshake')
    const gauge = new Gauge()
    const damage = (n: number, answer: Uint8Array): Uint8Array => {
      if (n < known.length) return ofThisExchange(known[n]!, answer)
      const kind = dice.below(20)
      return kind === 0 ? dice.bytes(dice.below(200)) : mutate(kind === 1 ? ofThisExchange(dice.pick(known), answer) : answer, dice)
    }
    for (let n = 0; n < CASES; n++) {
      const { step, answer, take } = dice.pick(steps)
      const damaged = damage(n, answer)
      try {
        gauge.step(() => take(damaged))
        // pq and the fingerprints are not signed, and padding may follow: everything else has to be as it was sent.
        if (step !== 'resPQ') expect(toHex(damaged.subarray(0, answer.length))).toBe(toHex(answer))
        else expect(toHex(damaged.subarray(0, 36))).toContain(toHex(answer.subarray(0, 20)))
      } catch (error) {
        if (!(error instanceof RemoteError)) {
          throw new Error(`seed ${SEED}, case ${n}, ${step}: ${toHex(damaged)}`, { cause: error })
        }
      }
      gauge.case()
    }
    gauge.verdict('answers of a key exchange')
  }, 3_600_000)

  it('R11: a forged pq is factored in short steps, or refused', () => {
    const dice = new FuzzDice(SEED + 3)
    const gauge = new Gauge()
    const { answer } = recording()[0]!
    const first = step1(seededRandom(1))
    let factored = 0
    for (let n = 0; n < CASES / CASES_PER_FACTORING; n++) {
      const forged = answer.slice()
      const pq = n % 2 === 0 ? somePrime(dice) * somePrime(dice) : dice.long()
      new DataView(forged.buffer).setBigInt64(PQ_AT, pq)
      try {
        const state = step2(first.state, forged, [rsaKey()])
        let factors = gauge.step(() => step3(state))
        while (factors === undefined) factors = gauge.step(() => step3(state))
        factored++
      } catch (error) {
        if (!(error instanceof RemoteError)) throw new Error(`seed ${SEED}, case ${n}: ${toHex(forged)}`, { cause: error })
      }
      gauge.case()
    }
    gauge.verdict('forged pq')
    expect(factored).toBeGreaterThan(0)
  }, 3_600_000)

  it('R11: whatever stands in a plaintext packet is refused by a RemoteError', () => {
    const dice = new FuzzDice(SEED + 1)
    const gauge = new Gauge()
    for (let n = 0; n < CASES; n++) {
      const packet = dice.bytes(dice.below(80))
      if (dice.below(2) === 0) packet.fill(0, 0, 8)
      try {
        gauge.step(() => decodePlain(packet))
      } catch (error) {
        if (!(error instanceof RemoteError)) {
          throw new Error(`seed ${SEED}, case ${n}: ${toHex(packet)}`, { cause: error })
        }
      }
      gauge.case()
    }
    gauge.verdict('plaintext packets')
  }, 3_600_000)

  it('R11: an engine that gets them loses its link and nothing else', () => {
    const dice = new FuzzDice(SEED + 2)
    for (let n = 0; n < Math.min(CASES, 300); n++) {
      const peer = new Peer({ seed: dice.below(1000) })
      peer.onPacket = (packet) => {
        try {
          peer.take(packet)
        } catch (error) {
          if (!(error instanceof RemoteError)) throw error
          peer.sendPayload(transportErrorPayload(-404))
        }
      }
      const step = dice.pick(['resPQ', 'dh-params', 'dh-gen'] as const)
      peer.onPlainAnswer = (answer, at) => {
        if (at !== step) return peer.sendPlain(answer)
        const damaged = mutate(answer, dice)
        peer.sendPlain(
          damaged.length % 4 === 0 ? damaged : new Uint8Array(
            [...damaged, ...new Uint8Array(4 - (damaged.length % 4))],
          ),
        )
      }
      peer.connect()
      peer.advance(60_000)
      expect(peer.lost.every(({ key }) => key === 'keep')).toBe(true)
      expect(peer.events.length).toBeGreaterThan(0)
    }
  }, 3_600_000)
})
