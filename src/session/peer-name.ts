import type { EntityKind } from './entity-row.js'
import { toBigInt } from '../tl/long.js'

/** What a text or a number says about a peer, before anything was looked up. */
export type PeerName =
  | { readonly kind: 'self' }
  /** Lower case. */
  | { readonly kind: 'username'; readonly username: string }
  /** Digits only. */
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'invite'; readonly hash: string }
  | { readonly kind: 'id'; readonly peer: EntityKind; readonly id: string }
  /** A positive number without a mark: a user, or else a group or channel that was met before. */
  | { readonly kind: 'unmarked'; readonly id: string }

const SELF = /^(?:me|this|self)$/i
/** Telegram gives out names of five characters and more; shorter ones of four are sold. */
const USERNAME = /^[a-z][a-z0-9_]{2,30}[a-z0-9]$/i
const PHONE = /^\+[\d\s()-]+$/
const NUMBER = /^-?\d+$/
const LINK = /^(?:https?:\/\/)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog))\/(.+)$/i
const SUBDOMAIN = /^(?:https?:\/\/)?([a-z0-9_]+)\.t\.me(?:[/?#].*)?$/i
const DEEP_LINK = /^tg:(?:\/\/)?(resolve|join)\?(.+)$/i
/** First parts of links that name no peer. */
const NO_USERNAME = new Set([
  'joinchat',
  'addstickers',
  'addemoji',
  'addtheme',
  'addlist',
  'share',
  'proxy',
  'socks',
  'setlanguage',
  'bg',
  'login',
  'invoice',
  'giftcode',
  'confirmphone',
])
/** Channels are marked as -100 in front of their ten or more digits, which is -10^12 - id. */
const CHANNEL_MARK = 1_000_000_000_000n

/**
 * `'username'`, `'@username'`, links of every kind, `'+15551234567'`, `'me'`, marked and unmarked ids. A display name
 * is
 * never one: two people may have the same.
 * @returns `undefined` when the value names no peer.
 */
export function parsePeerName(value: unknown): PeerName | undefined {
  if (typeof value === 'string') return parseText(value.trim())
  const id = toBigInt(value)
  return id === undefined ? undefined : parseId(id)
}

/** A user is positive, a basic group negative, a channel or supergroup has `-100` in front. */
export function parseId(id: bigint): PeerName | undefined {
  if (id === 0n) return undefined
  if (id > 0n) return { kind: 'unmarked', id: id.toString() }
  if (id < -CHANNEL_MARK) return { kind: 'id', peer: 'channel', id: (-id - CHANNEL_MARK).toString() }
  // Existing code puts '-100' in front of short ids as text, too.
  const short = /^-100([1-9]\d*)$/.exec(id.toString())
  return short === null
    ? { kind: 'id', peer: 'chat', id: (-id).toString() }
    : { kind: 'id', peer: 'channel', id: short[1]! }
}

function parseText(text: string): PeerName | undefined {
  if (SELF.test(text)) return { kind: 'self' }
  if (NUMBER.test(text)) return parseId(BigInt(text))
  if (PHONE.test(text)) return { kind: 'phone', phone: text.replace(/\D/g, '') }
  const deep = DEEP_LINK.exec(text)
  if (deep !== null) return parseDeepLink(deep[1]!.toLowerCase(), new URLSearchParams(deep[2]))
  const link = LINK.exec(text)
  if (link !== null) return parseLink(link[1]!)
  return parseUsername(SUBDOMAIN.exec(text)?.[1] ?? text.replace(/^@/, ''))
}

function parseUsername(text: string | undefined | null): PeerName | undefined {
  return text != null && USERNAME.test(text) ? { kind: 'username', username: text.toLowerCase() } : undefined
}

function parseLink(path: string): PeerName | undefined {
  const [first = '', second] = path.split(/[/?#]/)
  if (first.startsWith('+')) {
    return /^\+\d+$/.test(first) ? { kind: 'phone', phone: first.slice(1) } : parseInvite(first.slice(1))
  }
  if (first.toLowerCase() === 'joinchat') return parseInvite(second)
  if (first === 'c' && second !== undefined && /^\d+$/.test(second)) return { kind: 'id', peer: 'channel', id: second }
  // t.me/s/name is the preview of a channel for browsers.
  if (first === 's' && second !== undefined) return parseUsername(second)
  return NO_USERNAME.has(first.toLowerCase()) ? undefined : parseUsername(first.replace(/^@/, ''))
}

function parseInvite(hash: string | null | undefined): PeerName | undefined {
  return hash != null && /^[\w-]{4,64}$/.test(hash) ? { kind: 'invite', hash } : undefined
}

function parseDeepLink(action: string, query: URLSearchParams): PeerName | undefined {
  if (action === 'join') return parseInvite(query.get('invite'))
  const phone = query.get('phone')
  return phone === null ? parseUsername(query.get('domain')) : { kind: 'phone', phone: phone.replace(/\D/g, '') }
}
