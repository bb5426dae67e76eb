import { generateRsaPrivateKey } from '../../src/crypto/rsa-private.node.js'
import type { RsaPrivateKey } from '../../src/crypto/rsa.js'
import { constructorId } from '../../src/mtproto/constructors.js'
import { authKeyOf } from '../../src/mtproto/encrypted.js'
import * as exchange from '../../src/mtproto/handshake/server.js'
import { readObject as read } from '../../src/mtproto/service-codec.js'
import * as Mt from '../../generated/mtproto/index.js'
import { bound, ID_BIND, refusalOf, rpcError } from './binding.js'
import { answerTo, isQuery, numberOf, rpcResult } from './bodies.js'
import type { Peer, Seen } from './peer.js'

let sharedKey: RsaPrivateKey | undefined
/** The key that the server proves itself with. */
export const rsaKey = (): RsaPrivateKey => (sharedKey ??= generateRsaPrivateKey())

/** What a right server does with a message. */
export function serve(peer: Peer, message: Seen): void {
  const key = peer.keys.find(({ key: { id } }) => Buffer.from(id).toString('hex') === message.keyId)
  if (constructorId(message.body) === ID_BIND) {
    const refusal = refusalOf(peer, message)
    if (refusal === undefined) key!.bound = true
    peer.send(rpcResult(message.msgId, refusal === undefined ? bound() : rpcError(400, refusal)), { kind: 1 })
    return
  }
  if (isQuery(message) && key?.temporary && !key.bound) {
    peer.send(rpcResult(message.msgId, rpcError(401, 'AUTH_KEY_PERM_EMPTY')), { kind: 1 })
    return
  }
  if (isQuery(message)) {
    peer.executed.push(numberOf(message))
    peer.send(rpcResult(message.msgId, answerTo(numberOf(message))), { kind: 1 })
    return
  }
  switch (constructorId(message.body)) {
    case Mt.PingDelayDisconnect.CONSTRUCTOR_ID: {
      const { pingId } = read(message.body, Mt.PingDelayDisconnect)
      peer.send(new Mt.Pong({ msgId: message.msgId, pingId }).getBytes(), { kind: 1, content: false })
      return
    }
    case Mt.GetFutureSalts.CONSTRUCTOR_ID: {
      const seconds = Math.floor(peer.serverMs / 1000)
      const salts = [1, 2, 3, 4, 5].map(
        (n) => new Mt.FutureSalt({
          validSince: seconds + n * 3600,
          validUntil: seconds + n * 3600 + 5400,
          salt: BigInt(n),
        }),
      )
      peer.send(new Mt.FutureSalts({ reqMsgId: message.msgId, now: seconds, salts }).getBytes(), {
        kind: 1,
        content: false,
      })
    }
  }
}

/** What a right server answers to a query of the key exchange; a key that comes out of it is one of the peer. */
export function answerExchange(peer: Peer, body: Uint8Array): void {
  const random = peer.exchangeRandom
  if (peer.state === undefined || constructorId(body) === Mt.ReqPqMulti.CONSTRUCTOR_ID) {
    const { answer, state } = exchange.answerReqPq(body, peer.fingerprints, peer.primes, random)
    peer.state = state
    return peer.onPlainAnswer(answer, 'resPQ', peer)
  }
  if (peer.state.awaiting === 'req_DH_params') {
    const { answer, state } = exchange.answerReqDhParams(
      peer.state,
      body,
      [rsaKey()],
      Math.floor(peer.serverMs / 1000),
      random,
    )
    peer.state = state
    return peer.onPlainAnswer(answer, 'dh-params', peer)
  }
  const { answer, state } = exchange.answerSetClientDhParams(peer.state, body, peer.isTaken)
  if (state.awaiting === 'nothing') {
    peer.state = undefined
    const lifetime = state.expiresIn === undefined
      ? {}
      : { expiresAt: Math.floor(peer.serverMs / 1000) + state.expiresIn }
    peer.keys.push({
      key: authKeyOf(state.authKey),
      salt: state.firstSalt,
      temporary: state.expiresIn !== undefined,
      ...lifetime,
    })
  } else {
    peer.state = state
  }
  peer.onPlainAnswer(answer, 'dh-gen', peer)
}
