import { describe, expect, it } from 'vitest'
import { dhPower } from '../../src/crypto/dh.js'
import { KNOWN_PRIME } from '../../src/crypto/known-prime.js'
import { MAX_DH_RETRIES } from '../../src/mtproto/limits.js'
import { sealDhAnswer, type DhOffer, type SentDhParams } from '../../src/mtproto/handshake/server.js'
import * as Mt from '../../generated/mtproto/index.js'
import { clientHalf, expectRefused, withAnswer } from './handshake-peer.js'
import { Peer } from './peer.js'

/** The first prime above 2^2047 + 2^1024 that is 11 modulo 12, as safe primes are; (p - 1) / 2 is not prime. */
const HALF_COMPOSITE = (1n << 2047n) + (1n << 1024n) + 2207n

/** The server's half with anything in it, correctly encrypted. */
function withOffer(change: Partial<DhOffer>): Peer {
  return withAnswer('dh-params', (_, peer) => {
    const { nonce, serverNonce, newNonce, exponent } = peer.state as SentDhParams
    const right = {
      g: 3,
      prime: KNOWN_PRIME,
      value: dhPower(3n, exponent, KNOWN_PRIME),
      serverTime: Math.floor(peer.serverMs / 1000),
    }
    const encryptedAnswer = sealDhAnswer({ nonce, serverNonce }, newNonce, { ...right, ...change }, peer.random)
    return new Mt.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }).getBytes()
  })
}

describe('the key exchange', () => {
  it('H6: only a safe prime of 2048 bits is taken', () => {
    const wrong: [string, bigint][] = [
      ['the known prime with its last byte changed', KNOWN_PRIME - 2n],
      ['a prime whose half is composite', HALF_COMPOSITE],
      ['a number of 2047 bits', KNOWN_PRIME >> 1n],
      ['zero', 0n],
      ['one', 1n],
      ['an even number', KNOWN_PRIME - 1n],
    ]
    for (const [name, prime] of wrong) {
      const peer = withOffer({ prime, value: 1n << 2000n })
      expectRefused(peer)
      expect(peer.lost[0]!.error.path, name).toBe('dh_prime')
      expect(peer.plainSeen, name).toHaveLength(2)
    }
  })

  it('H7: only generators of the large subgroup are taken: for the known prime, which is 3 modulo 5, 3, 4 and 7', () =>
    {
    for (const g of [2, 5, 6, 0, 1, 8, -3]) expectRefused(withOffer({ g }))
    for (const g of [3, 4, 7]) expect(withOffer({ g, value: 1n << 2000n }).plainSeen).toHaveLength(3)
  })

  it('H8: a g_a of 0, 1, p-1, p or more is refused', () => {
    for (const value of [0n, 1n, KNOWN_PRIME - 1n, KNOWN_PRIME, KNOWN_PRIME + 5n]) expectRefused(withOffer({ value }))
  })

  it('H9: a g_a within 2^1984 of either end is refused, and the nearest ones further in are not', () => {
    const margin = 1n << 1984n
    for (const value of [margin - 1n, KNOWN_PRIME - margin + 1n]) expectRefused(withOffer({ value }))
    for (const value of [margin, KNOWN_PRIME - margin]) expect(withOffer({ value }).plainSeen).toHaveLength(3)
  })

  it('H13: numbers with leading zeros keep all of their 256 bytes', () => {
    // The server draws until the shared key starts with a zero byte: about one draw in 256.
    let short = false
    for (let seed = 1; !short && seed < 2000; seed++) {
      const peer = new Peer({ seed })
      let draws = 0
      peer.isTaken = (key) => ++draws <= MAX_DH_RETRIES && key[0] !== 0
      peer.connect()
      const [event] = peer.eventsOf('auth-key')
      if (!event) continue
      expect(event.authKey).toHaveLength(256)
      for (const body of peer.plainSeen.slice(2)) expect(clientHalf(peer, body, true).gB).toHaveLength(256)
      short = event.authKey[0] === 0
    }
    expect(short).toBe(true)
  })
})
