import { expect } from 'vitest'
import { constructorId } from '../../src/mtproto/constructors.js'
import type { CallId } from '../../src/mtproto/engine/engine.js'
import * as Mt from '../../generated/mtproto/index.js'
import { isQuery } from './bodies.js'
import { establishedPeer, type Peer, type Seen } from './peer.js'

/** What the tests of service messages have their peer say and do. */

export const is = (message: Seen, type: { readonly CONSTRUCTOR_ID: number }): boolean =>
  constructorId(message.body) === type.CONSTRUCTOR_ID

export function badSalt(peer: Peer, badMsgId: bigint, newServerSalt: bigint): void {
  peer.send(new Mt.BadServerSalt({ badMsgId, badMsgSeqno: 1, errorCode: 48, newServerSalt }).getBytes(), {
    kind: 1,
    content: false,
  })
}

export function badMessage(peer: Peer, { msgId, seqNo }: Seen, errorCode: number): void {
  const notice = new Mt.BadMsgNotification({ badMsgId: msgId, badMsgSeqno: seqNo, errorCode })
  peer.send(notice.getBytes(), { kind: 1, content: false })
}

export function stateInfo(peer: Peer, reqMsgId: bigint, info: Uint8Array): void {
  peer.send(new Mt.MsgsStateInfo({ reqMsgId, info }).getBytes(), { kind: 1, content: false })
}

/** Serves everything, but does nothing with the first `count` queries. */
export function swallowing(peer: Peer, count: number): Seen[] {
  const swallowed: Seen[] = []
  peer.onMessage = (message) => {
    if (isQuery(message) && swallowed.length < count) swallowed.push(message)
    else peer.serve(message)
  }
  return swallowed
}

/** A peer that got a call in two packets, since it had not got the first when it was asked, and does nothing with it. */
export function peerWithRepeatedCall(): { readonly peer: Peer; readonly call: CallId; readonly first: Seen; readonly second: Seen } {
  const peer = establishedPeer()
  const swallowed = swallowing(peer, 1)
  const call = peer.call(1)
  peer.pump()
  peer.onMessage = (message) => {
    if (isQuery(message)) swallowed.push(message)
    if (is(message, Mt.MsgsStateReq)) stateInfo(peer, message.msgId, Uint8Array.of(2))
  }
  peer.disconnect().connect()
  const [first, second] = swallowed
  expect(second!.msgId).toBe(first!.msgId)
  return { peer, call, first: first!, second: second! }
}
