export type EntityKind = 'user' | 'chat' | 'channel'

/** What a session remembers of a peer: enough to address it again without asking the server. */
export interface EntityRow {
  readonly kind: EntityKind
  /** Decimal, without a mark. */
  readonly id: string
  /** Decimal, signed; basic groups have none. */
  readonly accessHash: string | undefined
  /** Lower case, active ones only. */
  readonly usernames: readonly string[]
  /** Digits only. */
  readonly phone: string | undefined
}

export type EntityQuery =
  { readonly username: string } | { readonly phone: string } | { readonly kind: EntityKind; readonly id: string }

interface EntityLike {
  readonly className?: unknown
  readonly id?: unknown
  readonly accessHash?: unknown
  readonly min?: unknown
  readonly username?: unknown
  readonly usernames?: readonly { readonly username?: unknown; readonly active?: unknown }[]
  readonly phone?: unknown
}

const KINDS: Readonly<Record<string, EntityKind>> = {
  User: 'user',
  Chat: 'chat',
  ChatForbidden: 'chat',
  Channel: 'channel',
  ChannelForbidden: 'channel',
}

/**
 * The rows in an answer, an update or an entity: the object itself, its `users`, `chats`, `user` and `chat`, and the
 * items of an array. A `min` object is left out: its access hash is valid only beside the message it came with.
 * @see https://core.telegram.org/api/min
 */
export function entityRowsOf(value: unknown): EntityRow[] {
  const rows: EntityRow[] = []
  if (typeof value !== 'object' || value === null) return rows
  if (Array.isArray(value)) {
    addRows(rows, value)
    return rows
  }
  const { users, chats, user, chat } = value as Record<string, unknown>
  addRow(rows, value)
  if (Array.isArray(users)) addRows(rows, users)
  if (Array.isArray(chats)) addRows(rows, chats)
  if (user !== undefined) addRow(rows, user)
  if (chat !== undefined) addRow(rows, chat)
  return rows
}

function addRows(rows: EntityRow[], values: readonly unknown[]): void {
  for (const value of values) addRow(rows, value)
}

function addRow(rows: EntityRow[], value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const entity = value as EntityLike
  const kind = KINDS[String(entity.className)]
  if (kind === undefined || entity.id === undefined || entity.min === true) return
  if (kind !== 'chat' && (entity.accessHash === undefined || entity.accessHash === null)) return
  rows.push({
    kind,
    id: String(entity.id),
    accessHash: kind === 'chat' ? undefined : String(entity.accessHash),
    usernames: usernamesOf(entity),
    phone: typeof entity.phone === 'string' && entity.phone !== '' ? entity.phone.replace(/\D/g, '') : undefined,
  })
}

function usernamesOf(entity: EntityLike): string[] {
  const names = (entity.usernames ?? []).filter(({ active }) => active === true).map(({ username }) => username)
  return [...new Set([entity.username, ...names].filter((name) => typeof name === 'string' && name !== ''))].map(
    (name) => (name as string).toLowerCase(),
  )
}
