import { expect, it } from 'vitest'
import { Workspace } from './helpers.js'

async function firstHit(text: string): Promise<Record<string, unknown>> {
  using work = new Workspace()
  const { code, out } = await work.run(['find', text, '--json'])
  expect(code).toBe(0)
  return (JSON.parse(out) as { hits: Record<string, unknown>[] }).hits[0]!
}

it('finds a method by its name, by a part of it, and by its number in any spelling', async () => {
  for (const text of ['messages.getExportedChatInvites', 'messages.GetExportedChatInvites', 'exportedchatinvites', '0xa2b5a3f6', '#A2B5A3F6', 'a2b5a3f6']) {
    expect(await firstHit(text), text).toMatchObject({ name: expect.stringMatching(/exportedChatInvites$/i) as string })
  }
  expect(await firstHit('0xa2b5a3f6')).toMatchObject({ kind: 'method', detail: expect.stringMatching(/^messages\.getExportedChatInvites#a2b5a3f6 flags:# /) as string })
})

it('finds what is copied from code, from a line of the schema or from the message of an error', async () => {
  const method = 'messages.getExportedChatInvites'
  for (const text of ['new Api.messages.GetExportedChatInvites', `${method}#a2b5a3f6`, '2729812982', '-1565154314']) {
    expect(await firstHit(text), text).toMatchObject({ kind: 'method', name: method })
  }
  expect(await firstHit('Api.TypeInputPeer')).toMatchObject({ kind: 'type', name: 'InputPeer' })
  expect(await firstHit('RPCError: 400: CHAT_ADMIN_REQUIRED (caused by messages.GetHistory)')).toMatchObject({ kind: 'error', name: 'CHAT_ADMIN_REQUIRED' })
})

it('finds an error with any number in place of its argument', async () => {
  for (const text of ['FLOOD_WAIT_X', 'FLOOD_WAIT_{seconds}', 'FLOOD_WAIT_3', 'flood_wait_%d', 'FLOOD_WAIT']) {
    expect(await firstHit(text), text).toEqual({ kind: 'error', name: 'FLOOD_WAIT_{seconds}', detail: 'code 420, the number means seconds' })
  }
})

it('finds a definition by a field', async () => {
  expect(await firstHit('offset_link')).toMatchObject({ name: 'messages.getExportedChatInvites', because: 'field offsetLink' })
})

it('finds a number of an earlier layer, and what is gone since', async () => {
  expect(await firstHit('0xd58a08c6')).toMatchObject({ name: 'dialog', because: expect.stringMatching(/^#d58a08c6 since layer \d+$/) as string })
  expect(await firstHit('updateChannelPinnedTopics')).toMatchObject({ kind: 'removed', detail: expect.stringMatching(/^gone since layer \d+; numbers: #/) as string })
})

it('says what may have been meant when nothing is found', async () => {
  using work = new Workspace()
  expect(await work.run(['find', 'mesages.getHistroy'])).toEqual({
    code: 1,
    out: '',
    err: `nothing is called 'mesages.getHistroy', did you mean 'messages.getHistory'?\n`,
  })
})
