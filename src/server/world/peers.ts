import type * as Api from '../../../generated/api/index.js'
import type { WorldFile } from './files.js'
import { InviteList } from './invites.js'
import { MessageBox } from './message-box.js'
import type { PasswordVerifier } from './password.js'

/** The name that an account gives to somebody. */
export interface ContactName {
  readonly firstName: string
  readonly lastName: string
}

/** An account: a person or a bot. */
export interface WorldUser {
  readonly kind: 'user'
  readonly id: bigint
  readonly accessHash: bigint
  readonly bot: boolean
  username: string | undefined
  firstName: string
  lastName: string | undefined
  phone: string | undefined
  /** The data centre where this account lives; a login elsewhere is sent there by PHONE_MIGRATE_X. */
  homeDc: number
  /** The profile photo; it is one of the world's files. */
  photo: WorldFile | undefined
  password: PasswordVerifier | undefined
  /** Whom the account knows, by their ids. */
  readonly contacts: Map<bigint, ContactName>
  /** What the account has begun to write, by chat. */
  readonly drafts: Map<WorldPeer, Api.DraftMessage>
  /** What a bot offers, by where and in which language. */
  readonly commands: Map<string, Api.TypeBotCommand[]>
  /** Telegram keeps invites for chats alone; a user has them here for the call of the reference page. */
  readonly invites: InviteList
  readonly box: MessageBox
}

/** A basic group. Its messages lie in the boxes of its members. */
export interface WorldChat {
  readonly kind: 'chat'
  readonly id: bigint
  title: string
  photo: WorldFile | undefined
  readonly date: number
  readonly members: Set<bigint>
  readonly admins: Set<bigint>
  readonly invites: InviteList
}

/** A channel or supergroup, with a message box and a `pts` of its own. */
export interface WorldChannel {
  readonly kind: 'channel'
  readonly id: bigint
  readonly accessHash: bigint
  title: string
  photo: WorldFile | undefined
  username: string | undefined
  readonly megagroup: boolean
  readonly date: number
  readonly members: Set<bigint>
  readonly admins: Set<bigint>
  readonly invites: InviteList
  readonly box: MessageBox
}

export type WorldPeer = WorldUser | WorldChat | WorldChannel

/** Whether somebody may write there: members alone, and in channels that are no groups their admins. */
export function mayWrite(from: WorldUser, to: WorldPeer): boolean {
  if (to.kind === 'user') return true
  return to.members.has(from.id) && (to.kind === 'chat' || to.megagroup || to.admins.has(from.id))
}

/** What a test or a script says about a new account; the rest is made up. */
export interface UserSeed {
  readonly username?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly phone?: string
  readonly bot?: boolean
  readonly id?: bigint | number
  readonly homeDc?: number
  /** Turns two-step verification on. */
  readonly password?: string
}

export interface ChatSeed {
  readonly title: string
  readonly username?: string
  readonly megagroup?: boolean
  readonly id?: bigint | number
  /** Members by user id; admins are members too. */
  readonly members?: readonly (bigint | number)[]
  readonly admins?: readonly (bigint | number)[]
}

export function newUser(seed: UserSeed, id: bigint, accessHash: bigint, homeDc: number): WorldUser {
  return {
    kind: 'user',
    id,
    accessHash,
    bot: seed.bot ?? false,
    username: seed.username,
    firstName: seed.firstName ?? seed.username ?? `User ${id}`,
    lastName: seed.lastName,
    phone: seed.phone,
    homeDc: seed.homeDc ?? homeDc,
    photo: undefined,
    password: undefined,
    contacts: new Map(),
    drafts: new Map(),
    commands: new Map(),
    invites: new InviteList(),
    box: new MessageBox(),
  }
}

export function newChat(seed: ChatSeed, id: bigint, date: number): WorldChat {
  const admins = new Set(seed.admins?.map(BigInt))
  return {
    kind: 'chat',
    id,
    title: seed.title,
    photo: undefined,
    date,
    members: new Set([...admins, ...(seed.members ?? []).map(BigInt)]),
    admins,
    invites: new InviteList(),
  }
}

export function newChannel(seed: ChatSeed, id: bigint, accessHash: bigint, date: number): WorldChannel {
  const { kind: _, ...shared } = newChat(seed, id, date)
  return {
    kind: 'channel',
    ...shared,
    accessHash,
    username: seed.username,
    megagroup: seed.megagroup ?? false,
    box: new MessageBox(),
  }
}
