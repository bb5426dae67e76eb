import * as Api from '../../../generated/api/index.js'
import type { TelegramClient } from '../telegram-client.js'
import type { ButtonClickParam } from './click.js'

/** Answers a poll; `undefined` where there is no such answer, or none is named. */
export async function vote(
  client: TelegramClient,
  peer: Api.TypeInputPeer,
  msgId: number,
  poll: Api.Poll,
  { text, filter, i = -1 }: ButtonClickParam,
): Promise<Api.TypeUpdates | undefined> {
  // Answers without an option are what clients make polls of.
  const answers = poll.answers as Api.PollAnswer[]
  const isMeant = text === undefined ? (filter as Question | undefined) : (answer: Api.PollAnswer) => says(answer.text.text, text)
  const chosen = isMeant === undefined ? [i].flat().map((index) => answers[index]) : [answers.find(isMeant)]
  const options = chosen.flatMap((answer) => answer?.option ?? [])
  return options.length < chosen.length ? undefined : client.invoke(new Api.messages.SendVote({ peer, msgId, options }))
}

type Question = (answer: Api.PollAnswer) => boolean

/** Whether a button or an answer has the text that is meant. */
export function says(text: string, meant: string | ((text: string) => boolean)): boolean {
  return typeof meant === 'string' ? text === meant : meant(text)
}
