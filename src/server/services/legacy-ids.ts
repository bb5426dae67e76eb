import { LAYER } from '../../../generated/api/registry.js'

/** How a constructor is called in a layer that is known, and whether it has no flags there yet. */
interface Form {
  readonly layers: readonly number[]
  readonly id: number
  readonly flagless?: true
}

/** Layers of clients that were compared with this package's: GramJS 2.26, teleproto 214, mtcute 0.30. */
const [GRAMJS, TELEPROTO, MTCUTE] = [198, 214, 227]
const BOTH = [GRAMJS, TELEPROTO]

const flagged = (id: number, layers: readonly number[] = BOTH): Form => ({ layers, id })
const flagless = (id: number): Form => ({ layers: BOTH, id, flagless: true })

/**
 * What has another id in those layers because optional fields, or flags for them, were added since: what is left is laid
 * out alike. By the names of today.
 */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  // What the server says.
  MessageMediaPhoto: [flagged(0x695150d7)],
  MessageReplyHeader: [flagged(0xafbc09db, [GRAMJS]), flagged(0x6917560b, [TELEPROTO])],
  MessageMediaDice: [flagless(0x3f7ee58b)],
  UpdateReadHistoryInbox: [flagged(0x9c974fdf)],
  UpdateMessageReactions: [flagged(0x5e1b3cb8, [GRAMJS]), flagged(0x1e297bfa, [TELEPROTO])],
  UpdateUserTyping: [flagless(0xc01e857f)],
  ChannelParticipant: [flagged(0xcb397619)],
  ChannelParticipantSelf: [flagged(0x4f607bef)],
  ChannelFull: [flagged(0x52d6806b, [GRAMJS]), flagged(0xe4e0b29d, [TELEPROTO])],
  UserFull: [flagged(0x4d975bbc, [GRAMJS]), flagged(0xc577b5ad, [TELEPROTO])],
  PeerSettings: [flagged(0xacd66c5e, [GRAMJS]), flagged(0xf47741f7, [TELEPROTO])],
  ChatParticipant: [flagless(0xc02d4007)],
  ChatParticipantAdmin: [flagless(0xa0933f5b)],
  UpdateDraftMessage: [flagged(0x1b49ec6d, [GRAMJS])],
  MessageMediaPoll: [flagless(0x4bd6e798)],
  PollAnswer: [flagless(0xff16e2ca)],
  PollResults: [flagged(0x7adf2420)],
  UpdateMessagePoll: [flagged(0xaca1657b)],
  DraftMessage: [flagged(0x2d65321f, [GRAMJS]), flagged(0x96eaa5eb, [TELEPROTO])],
  // What both sides say.
  BotCommand: [flagless(0xc27ac8c7)],
  InputReplyToMessage: [flagged(0x22c0f6d5, [GRAMJS]), flagged(0x869fbe10, [TELEPROTO])],
  KeyboardButton: [flagless(0xa2fa4880)],
  KeyboardButtonBuy: [flagless(0xafd93fbb)],
  KeyboardButtonCallback: [flagged(0x35bbdb6b)],
  KeyboardButtonCopy: [flagless(0x75d2698e)],
  KeyboardButtonGame: [flagless(0x50f41ccf)],
  KeyboardButtonRequestGeoLocation: [flagless(0xfc796b3f)],
  KeyboardButtonRequestPhone: [flagless(0xb16a6c29)],
  KeyboardButtonRequestPoll: [flagged(0xbbc7515d)],
  KeyboardButtonSimpleWebView: [flagless(0xa0c0505c)],
  KeyboardButtonSwitchInline: [flagged(0x93b9fbb5)],
  KeyboardButtonUrl: [flagless(0x258aff05)],
  KeyboardButtonUrlAuth: [flagged(0x10b78d29)],
  KeyboardButtonUserProfile: [flagless(0x308660c1)],
  KeyboardButtonWebView: [flagless(0x13767230)],
  // What clients say.
  InputMediaPhoto: [flagged(0xb3ba0635)],
  InputMediaUploadedPhoto: [flagged(0x1e287d04)],
  InputPhoneContact: [flagless(0xf392b7f4)],
  'channels.JoinChannel': [flagged(0x24b524c5)],
  'contacts.AddContact': [flagged(0xe8f463d0)],
  'contacts.Search': [flagless(0x11f812d8)],
  'messages.EditInlineBotMessage': [flagged(0x83557dba)],
  'messages.EditMessage': [flagged(0xdfd14005)],
  'messages.ForwardMessages': [flagged(0x6d74da08, [GRAMJS]), flagged(0x978928ca, [TELEPROTO])],
  'messages.ImportChatInvite': [flagged(0x6c50051c)],
  'messages.SaveDraft': [flagged(0xd372c5ce, [GRAMJS]), flagged(0x54ae308e, [TELEPROTO])],
  'messages.SearchGlobal': [flagged(0x4bc6589a, [GRAMJS, TELEPROTO, MTCUTE])],
  'messages.SendInlineBotResult': [flagged(0x3ebee86a, [GRAMJS])],
  'messages.SendMedia': [flagged(0x7852834e, [GRAMJS]), flagged(0xac55d9c1, [TELEPROTO])],
  'messages.SendMessage': [flagged(0x983f9745, [GRAMJS]), flagged(0xfe05dc9a, [TELEPROTO])],
  'messages.SendMultiMedia': [flagged(0x37b74355, [GRAMJS])],
  'messages.UnpinAllMessages': [flagged(0xee22b9a8, [GRAMJS])],
}

/** What the server may say in fields that came since: one of those layers lacks them, so that all go without. */
const NEWER_FIELDS: Readonly<Record<string, readonly string[]>> = {
  MessageMediaPhoto: ['livePhoto', 'video'],
  MessageMediaDice: ['gameOutcome'],
  MessageReplyHeader: ['replyToEphemeral', 'todoItemId', 'pollOption'],
  UpdateReadHistoryInbox: ['topMsgId'],
  UpdateMessageReactions: ['savedPeerId'],
  UpdateUserTyping: ['topMsgId'],
  UpdateDraftMessage: ['savedPeerId'],
  MessageMediaPoll: ['attachedMedia'],
  PollAnswer: ['media', 'addedBy', 'date'],
  PollResults: ['hasUnreadVotes', 'canViewStats', 'solutionMedia'],
  UpdateMessagePoll: ['peer', 'msgId', 'topMsgId'],
  DraftMessage: ['suggestedPost', 'richMessage'],
  InputReplyToMessage: ['monoforumPeerId', 'todoItemId', 'pollOption'],
  BotCommand: ['ephemeral'],
  ChannelParticipant: ['rank'],
  ChannelParticipantSelf: ['rank'],
  ChatParticipant: ['rank'],
  ChatParticipantAdmin: ['rank'],
  ChannelFull: ['paidMessagesAvailable', 'sendPaidMessagesStars', 'mainTab', 'guardBotId'],
  UserFull: [
    'displayGiftsButton',
    'noforwardsMyEnabled',
    'noforwardsPeerEnabled',
    'unofficialSecurityRisk',
    'theme',
    'sendPaidMessagesStars',
    'disallowedGifts',
    'starsRating',
    'starsMyPendingRating',
    'starsMyPendingRatingDate',
    'mainTab',
    'savedMusic',
    'note',
    'botManagerId',
  ],
  PeerSettings: ['chargePaidMessageStars', 'registrationMonth', 'phoneCountry', 'nameChangeDate', 'photoChangeDate'],
}

export function newerFieldsOf(name: string): readonly string[] {
  return name.startsWith('KeyboardButton') ? ['style'] : (NEWER_FIELDS[name] ?? [])
}

/** From the layer of the oldest of those clients on, what messages and users carry is known. */
export const OLDEST_KNOWN_LAYER: number = GRAMJS

/** The names and forms behind the ids of other layers. */
export const FORMS_BY_ID: ReadonlyMap<number, { readonly name: string; readonly flagless: boolean }> = new Map(
  Object.entries(FORMS).flatMap(([name, forms]) => forms.map((form) => [form.id, { name, flagless: form.flagless === true }])),
)

export type Samples = readonly (readonly [layer: number, id: number])[]

/** The id in `layer`, where the nearest known layers on both sides agree on one. */
export function idIn(samples: Samples, layer: number): number | undefined {
  const below = samples.filter(([known]) => known <= layer).at(-1)
  const above = samples.find(([known]) => known >= layer)
  return below && above && below[1] === above[1] ? below[1] : undefined
}

/** The form of a constructor in `layer`; `undefined` where it is that of today, or nobody knows. */
export function formIn(name: string, todaysId: number, layer: number): Form | undefined {
  const forms = FORMS[name]
  if (forms === undefined) return undefined
  const samples = forms.flatMap(({ layers, id }) => layers.map((known) => [known, id] as const))
  const lastKnown = samples.at(-1)![0]
  const today = [MTCUTE, LAYER].filter((known) => known > lastKnown).map((known) => [known, todaysId] as const)
  const id = idIn([...samples, ...today], layer)
  return forms.find((form) => form.id === id)
}
