import * as Api from '../../../generated/api/index.js'
import { envelopeOf, post, type Copy, type Posted, type Posting } from './post.js'
import { beginPeriod, pollIn, pollMedia } from './polls.js'
import type { World } from './world.js'

/** What a message may carry besides its text. */
type Extras = Partial<Pick<Api.Message, 'media' | 'entities' | 'replyMarkup' | 'silent' | 'fwdFrom' | 'fromScheduled'>>

export interface NewMessage extends Extras, Posting {
  /** The same for all messages of an album. */
  readonly groupedId?: bigint | undefined
  /** The bot that offered it. */
  readonly viaBotId?: bigint | undefined
  readonly text: string
}

export type SentMessage = Posted<Api.Message>

/** Sends what somebody has written. */
export function sendMessage(world: World, sent: NewMessage): SentMessage {
  const poll = pollIn(world, sent.media)
  if (poll) beginPeriod(world, poll)
  // Who sends a poll on may have voted; nobody else has to know.
  const shown = poll ? { ...sent, media: pollMedia(poll) } : sent
  const posted = post(world, sent, (copy) => messageOf(shown, copy))
  poll?.places.push({ author: sent.from, to: sent.to, id: posted.message.id })
  return posted
}

export function messageOf(sent: NewMessage, copy: Copy): Api.Message {
  const { from, text, media, entities, replyMarkup, groupedId, silent, fwdFrom, viaBotId, fromScheduled } = sent
  const carried = { message: text, media, entities, replyMarkup, groupedId, silent, fwdFrom, viaBotId, fromScheduled }
  return new Api.Message({ ...envelopeOf(from, copy), ...carried })
}
