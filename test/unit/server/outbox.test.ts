import { expect, it } from 'vitest'
import { MAX_KEPT_BYTES, MAX_KEPT_MESSAGES } from '../../../src/server/limits.js'
import { Outbox, type OutgoingMessage } from '../../../src/server/session/outbox.js'

const message = (msgId: number, bytes: number): OutgoingMessage => ({
  msgId: BigInt(msgId),
  seqNo: 1,
  body: { length: bytes } as Uint8Array,
  contentRelated: true,
  answerTo: undefined,
  createdMs: 0,
  target: undefined,
  sentOn: undefined,
  sentMs: 0,
  repeated: false,
})

it('of what a client never acknowledges, the newest is kept, up to a number and up to a size', () => {
  const many = new Outbox()
  for (let id = 1; id <= MAX_KEPT_MESSAGES + 5; id++) many.add(message(id, 4))
  expect(many.unacknowledged).toBe(MAX_KEPT_MESSAGES)
  expect(many.get(5n)).toBeUndefined()
  expect(many.get(6n)).toBeDefined()

  const large = new Outbox()
  const quarter = MAX_KEPT_BYTES / 4
  for (let id = 1; id <= 6; id++) large.add(message(id, quarter))
  expect(large.unacknowledged).toBe(4)
  expect(large.get(2n)).toBeUndefined()
  large.remove(3n)
  large.add(message(7, quarter)) // there is room again
  expect([3n, 4n, 5n, 6n, 7n].map((id) => large.get(id) !== undefined)).toEqual([false, true, true, true, true])
})

it('what waits for a connection is forgotten with what is kept, and when it is ten minutes old', () => {
  const outbox = new Outbox()
  for (let id = 1; id <= MAX_KEPT_MESSAGES + 5; id++) outbox.add(message(id, 4))
  expect(outbox.queued).toBe(MAX_KEPT_MESSAGES + 5)
  outbox.putBack([...outbox.take()], 1)
  expect(outbox.queued).toBe(MAX_KEPT_MESSAGES)
  outbox.add(message(MAX_KEPT_MESSAGES + 6, 4))
  outbox.putBack([...outbox.take()], 1)
  expect(outbox.queued).toBe(MAX_KEPT_MESSAGES)
  expect([...outbox.take()].map(({ msgId }) => msgId).slice(0, 2)).toEqual([7n, 8n])
  outbox.putBack([message(99_999, 4)], 600_001)
  expect(outbox.queued).toBe(0)
})
