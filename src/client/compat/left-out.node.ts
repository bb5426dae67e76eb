import { LocalError } from '../../errors/errors.js'

/** Methods of GramJS's client that this one leaves out, and what does their work here. */
const INSTEAD: Readonly<Record<string, string>> = {
  sendMessage: 'messages.SendMessage',
  getMessages: 'messages.GetHistory, GetMessages or Search',
  iterMessages: 'messages.GetHistory or Search',
  editMessage: 'messages.EditMessage',
  deleteMessages: 'messages.DeleteMessages or channels.DeleteMessages',
  forwardMessages: 'messages.ForwardMessages',
  pinMessage: 'messages.UpdatePinnedMessage',
  unpinMessage: 'messages.UpdatePinnedMessage or UnpinAllMessages',
  markAsRead: 'messages.ReadHistory or channels.ReadHistory',
  sendFile: 'messages.SendMedia, with what uploadFile() returns',
  getDialogs: 'messages.GetDialogs',
  iterDialogs: 'messages.GetDialogs',
  getParticipants: 'channels.GetParticipants or messages.GetFullChat',
  iterParticipants: 'channels.GetParticipants or messages.GetFullChat',
  kickParticipant: 'channels.EditBanned or messages.DeleteChatUser',
  inlineQuery: 'messages.GetInlineBotResults',
}

const ADVICE: Readonly<Record<string, string>> = {
  buildReplyMarkup: 'make a ReplyInlineMarkup or ReplyKeyboardMarkup of what Button returns',
  downloadProfilePhoto: 'give downloadFile() an Api.InputPeerPhotoFileLocation',
  getDC: 'give invoke() the number of the data centre as its second argument',
  getSender: 'give invoke() the number of the data centre as its second argument',
  invokeWithSender: 'give invoke() the number of the data centre as its second argument',
  on: 'use addEventHandler(callback, event)',
  setLogLevel: 'call setLevel() of the Logger that was given as baseLogger',
  setParseMode: 'put formatting into the entities of messages.SendMessage',
}

/** Makes calls of those methods fail with what to use instead; a method that somebody has put there stays. */
export function refuseLeftOut(prototype: object): void {
  for (const [name, requests] of Object.entries(INSTEAD)) refuse(prototype, name, `invoke Api.${requests}`)
  for (const [name, advice] of Object.entries(ADVICE)) refuse(prototype, name, advice)
}

function refuse(prototype: object, name: string, advice: string): void {
  if (name in prototype) return
  const value = (): never => {
    throw new LocalError('argument', `this client has no ${name}(): ${advice}`)
  }
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
}
