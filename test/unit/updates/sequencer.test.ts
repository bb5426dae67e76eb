import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { UpdateState } from '../../../src/session/update-state.js'
import { UpdateSequencer } from '../../../src/updates/sequencer.js'
import type { SequencerEvent } from '../../../src/updates/update-events.js'

const saved: UpdateState = { pts: 10, qts: 5, date: 1000, seq: 3, channels: { 900: 50 } }

const message = (id: number, channelId?: number): Api.Message =>
  new Api.Message({
    id,
    peerId: channelId === undefined ? new Api.PeerUser({ userId: 1 }) : new Api.PeerChannel({ channelId }),
    date: 1,
    message: `m${id}`,
  })
const news = (pts: number, id = pts): Api.UpdateNewMessage =>
  new Api.UpdateNewMessage({ message: message(id), pts, ptsCount: 1 })
const channelNews = (pts: number): Api.UpdateNewChannelMessage =>
  new Api.UpdateNewChannelMessage({ message: message(pts, 900), pts, ptsCount: 1 })
const typing = (id: number): Api.UpdateUserStatus =>
  new Api.UpdateUserStatus({ userId: id, status: new Api.UserStatusRecently({}) })
const updates = (list: Api.TypeUpdate[], seq = 0): Api.Updates =>
  new Api.Updates({ updates: list, users: [], chats: [], date: 1001, seq })
const short = (update: Api.TypeUpdate): Api.UpdateShort => new Api.UpdateShort({ update, date: 1001 })
const state = (pts: number, qts = 5, seq = 3): Api.updates.State =>
  new Api.updates.State({ pts, qts, date: 1002, seq, unreadCount: 0 })
const difference = (ids: number[], pts: number, others: Api.TypeUpdate[] = []): Api.updates.Difference =>
  new Api.updates.Difference({
    newMessages: ids.map((id) => message(id)),
    newEncryptedMessages: [],
    otherUpdates: others,
    chats: [],
    users: [],
    state: state(pts),
  })

function setUp(from: UpdateState | null = saved) {
  const sequencer = new UpdateSequencer((update) => update.className !== 'UpdateShortMessage', from ?? undefined)
  sequencer.resume(0)
  const drain = (): SequencerEvent[] => {
    const events: SequencerEvent[] = []
    for (let event = sequencer.nextEvent(); event !== undefined; event = sequencer.nextEvent()) events.push(event)
    return events
  }
  /** What was handed out (ids of messages, names of others), and what was asked. */
  const seen = (): (number | string)[] =>
    drain().map((event) => {
      if (event.type !== 'update') return event.type
      const inside = (event.update as { message?: { id?: number } }).message?.id
      return inside ?? event.update.className
    })
  return { sequencer, seen, drain }
}

describe('updates with pts', () => {
  it('U1: are handed out in order and once, whatever is repeated', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(updates([news(11), news(12)]), 0)
    sequencer.receive(updates([news(12)]), 1)
    sequencer.receive(short(news(9)), 2)
    sequencer.receive(short(news(13)), 3)
    expect(seen()).toEqual([11, 12, 13])
    expect(sequencer.state).toMatchObject({ pts: 13 })
  })
  it('U1: of two that come the wrong way round, the first waits for the second', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(short(news(12)), 0)
    expect(seen()).toEqual([])
    expect(sequencer.deadline()).toBe(500)
    sequencer.receive(short(news(11)), 100)
    sequencer.timeout(600)
    expect(seen()).toEqual([11, 12])
  })
  it('U2: a gap that fills within half a second asks for nothing; one that does not is fetched', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(short(news(13)), 0)
    sequencer.timeout(499)
    expect(seen()).toEqual([])
    sequencer.timeout(500)
    expect(seen()).toEqual(['get-difference'])
    sequencer.receive(short(news(14)), 510)
    sequencer.difference(difference([11, 12, 13], 13), 520)
    expect(seen()).toEqual([11, 12, 13, 14, 'caught-up'])
    expect(sequencer.state).toMatchObject({ pts: 14 })
  })
  it('U3: fifteen minutes of silence ask for the difference; anything that comes puts it off', () => {
    const { sequencer, seen } = setUp()
    const minutes = 60_000
    sequencer.receive(short(news(11)), 0)
    expect(seen()).toEqual([11])
    expect(sequencer.deadline()).toBe(15 * minutes)
    sequencer.receive(short(news(12)), 10 * minutes)
    sequencer.timeout(15 * minutes)
    expect(seen()).toEqual([12])
    sequencer.timeout(25 * minutes - 1)
    expect(seen()).toEqual([])
    sequencer.timeout(25 * minutes)
    expect(seen()).toEqual(['get-difference'])
  })
  it('U1: a gap of a thousand is fetched in slices, and what came meanwhile follows', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(short(news(1011)), 0)
    sequencer.timeout(500)
    seen()
    const ids = Array.from({ length: 1000 }, (_, i) => 11 + i)
    sequencer.difference(
      new Api.updates.DifferenceSlice({
        newMessages: ids.slice(0, 500).map((id) => message(id)),
        newEncryptedMessages: [],
        otherUpdates: [],
        chats: [],
        users: [],
        intermediateState: state(510),
      }),
      510,
    )
    sequencer.receive(short(news(1012)), 511)
    sequencer.difference(difference(ids.slice(500), 1010), 520)
    expect(seen()).toEqual([...ids.slice(0, 500), 'get-difference', ...ids.slice(500), 1011, 1012, 'caught-up'])
  })
  it("counts the caller's own calls in the same sequence, without telling anybody", () => {
    const { sequencer, seen } = setUp()
    sequencer.affected(11, 1, undefined, 0)
    sequencer.receive(short(news(13)), 1)
    sequencer.affected(12, 1, undefined, 2)
    expect(seen()).toEqual([13])
  })
  it('that carry no count of their own are handed out at once', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(short(typing(1)), 0)
    sequencer.receive(
      short(new Api.UpdateReadChannelInbox({ channelId: 900, maxId: 1, stillUnreadCount: 0, pts: 70 })),
      0,
    )
    expect(seen()).toEqual(['UpdateUserStatus', 'UpdateReadChannelInbox'])
    expect(sequencer.state?.channels).toEqual({ 900: 50 })
  })
})

describe('updates with qts and containers with seq', () => {
  it('U1: follow the same rule', () => {
    const { sequencer, seen } = setUp()
    const bot = (qts: number): Api.UpdateBotStopped =>
      new Api.UpdateBotStopped({ userId: qts, date: 1, stopped: true, qts })
    sequencer.receive(short(bot(7)), 0)
    sequencer.receive(short(bot(6)), 1)
    sequencer.receive(short(bot(6)), 2)
    expect(seen()).toEqual(['UpdateBotStopped', 'UpdateBotStopped'])
    sequencer.receive(updates([typing(2)], 5), 3)
    expect(seen()).toEqual([])
    sequencer.receive(updates([typing(1)], 4), 4)
    sequencer.receive(updates([typing(1)], 4), 5)
    expect(seen()).toEqual(['UpdateUserStatus', 'UpdateUserStatus'])
    expect(sequencer.state).toMatchObject({ qts: 7, seq: 5 })
  })
})

describe('channels', () => {
  it('U4: count for themselves, and are fetched until the answer is final', () => {
    const { sequencer, drain, seen } = setUp()
    sequencer.receive(short(channelNews(51)), 0)
    sequencer.receive(short(channelNews(54)), 1)
    sequencer.timeout(501)
    expect(drain().slice(1)).toEqual([{ type: 'get-channel-difference', channel: '900', pts: 51 }])
    sequencer.receive(short(channelNews(55)), 502)
    const part = (pts: number, ids: number[], final: boolean): Api.updates.ChannelDifference =>
      new Api.updates.ChannelDifference({
        final,
        pts,
        newMessages: ids.map((id) => message(id, 900)),
        otherUpdates: [],
        chats: [],
        users: [],
      })
    sequencer.channelDifference('900', part(52, [52], false), 510)
    sequencer.channelDifference('900', part(53, [53], true), 520)
    expect(seen()).toEqual([52, 'get-channel-difference', 53, 54, 55])
    expect(sequencer.state?.channels).toEqual({ 900: 55 })
  })
  it('that are too far behind begin again where the server says', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(short(new Api.UpdateChannelTooLong({ channelId: 900, pts: 5000 })), 0)
    expect(seen()).toEqual(['get-channel-difference'])
    const dialog = new Api.Dialog({
      peer: new Api.PeerChannel({ channelId: 900 }),
      topMessage: 1,
      readInboxMaxId: 0,
      readOutboxMaxId: 0,
      unreadCount: 0,
      unreadMentionsCount: 0,
      unreadReactionsCount: 0,
      unreadPollVotesCount: 0,
      notifySettings: new Api.PeerNotifySettings({}),
      pts: 5000,
    })
    sequencer.channelDifference(
      '900',
      new Api.updates.ChannelDifferenceTooLong({ final: true, dialog, messages: [], chats: [], users: [] }),
      1,
    )
    sequencer.receive(short(channelNews(5001)), 2)
    expect(seen()).toEqual([5001])
  })
  it('that the account has left are let go', () => {
    const { sequencer } = setUp()
    sequencer.forgetChannel('900')
    expect(sequencer.state?.channels).toEqual({})
  })
})

describe('the difference', () => {
  it.each<[string, (sequencer: UpdateSequencer) => void]>([
    ['updatesTooLong', (s) => s.receive(new Api.UpdatesTooLong(), 1)],
    ['updatePtsChanged', (s) => s.receive(short(new Api.UpdatePtsChanged()), 1)],
    ['a new session or bytes that cannot be read', (s) => s.suspectGap(1)],
    [
      'a short message from a stranger',
      (s) =>
        s.receive(new Api.UpdateShortMessage({ id: 1, userId: 9, message: 'm', pts: 11, ptsCount: 1, date: 1 }), 1),
    ],
    ['catchUp', (s) => s.catchUp(1)],
  ])('is asked for after %s', (_name, cause) => {
    const { sequencer, drain } = setUp()
    cause(sequencer)
    expect(drain()).toMatchObject([{ type: 'get-difference', pts: 10, qts: 5 }])
  })
  it('holds back what stands behind the update that asked for it', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(updates([new Api.UpdatePtsChanged(), news(11), typing(1)]), 0)
    expect(seen()).toEqual(['get-difference'])
    sequencer.receive(new Api.UpdatesTooLong(), 1)
    sequencer.difference(difference([11], 11), 2)
    expect(seen()).toEqual([11, 'UpdateUserStatus', 'get-difference'])
  })
  it('U3: is asked for after fifteen minutes of silence, and not before', () => {
    const { sequencer, seen } = setUp()
    sequencer.receive(short(typing(1)), 60_000)
    expect(seen()).toEqual(['UpdateUserStatus'])
    expect(sequencer.deadline()).toBe(16 * 60_000)
    sequencer.timeout(16 * 60_000 - 1)
    expect(seen()).toEqual([])
    sequencer.timeout(16 * 60_000)
    expect(seen()).toEqual(['get-difference'])
  })
  it('that fails is asked for again, later each time', () => {
    const { sequencer, seen } = setUp()
    sequencer.catchUp(0)
    seen()
    sequencer.differenceFailed(100)
    expect(sequencer.deadline()).toBe(1100)
    sequencer.timeout(1100)
    expect(seen()).toEqual(['get-difference'])
    sequencer.differenceFailed(1200)
    expect(sequencer.deadline()).toBe(3200)
  })
  it('that is too long goes on from where the server says', () => {
    const { sequencer, drain } = setUp()
    sequencer.catchUp(0)
    drain()
    sequencer.difference(new Api.updates.DifferenceTooLong({ pts: 9000 }), 1)
    expect(drain()).toMatchObject([{ type: 'get-difference', pts: 9000 }])
    sequencer.difference(new Api.updates.DifferenceEmpty({ date: 1003, seq: 8 }), 2)
    expect(sequencer.state).toMatchObject({ pts: 9000, seq: 8, date: 1003 })
  })
})

describe('without a saved state', () => {
  it('the first update is not lost to the state that is fetched because of it', () => {
    const { sequencer, seen } = setUp(null)
    sequencer.receive(short(news(11)), 0)
    sequencer.receive(short(news(12)), 1)
    expect(seen()).toEqual(['get-state'])
    sequencer.begin(state(12), 2)
    expect(seen()).toEqual([11, 12, 'caught-up'])
    expect(sequencer.state).toMatchObject({ pts: 12 })
  })
})
