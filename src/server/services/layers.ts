import { crc32 } from 'node:zlib'
import * as Api from '../../../generated/api/index.js'
import { TlObject } from '../../tl/object.js'
import { LegacyForm, legacyChannel, legacyMessage, legacyServiceMessage, legacyUser } from './legacy-forms.js'
import { formIn, newerFieldsOf } from './legacy-ids.js'
import { legacyLayout } from './legacy-layouts.js'

/**
 * A result for a client of another layer: what differs takes the form that it has there, or one that has not changed for
 * years (`userEmpty`). Nothing is changed in place.
 */
export function forLayer(value: unknown, layer: number): unknown {
  if (Array.isArray(value)) return mapped(value, layer)
  if (!(value instanceof TlObject)) return value
  const object = withFieldsMapped(value, layer)
  if (object instanceof Api.User) return legacyUser(object, layer)
  if (object instanceof Api.Channel) return legacyChannel(object, layer)
  if (object instanceof Api.Message) return legacyMessage(object, layer)
  if (object instanceof Api.MessageService) return legacyServiceMessage(object, layer)
  const form = formIn(object.className, object.CONSTRUCTOR_ID, layer)
  if (form === undefined) return legacyLayout(object, layer) ?? object
  return new LegacyForm(form.id, typeOf(object), withoutNewer(object), form.flagless)
}

/** As the writer knows it where an object of the type is expected. */
function typeOf({ SUBCLASS_OF_ID }: TlObject): string {
  return TYPES.get(SUBCLASS_OF_ID)!
}

/** The types of all that has another id in another layer, by their numbers. */
const TYPES: ReadonlyMap<number, string> = new Map(
  [
    'BotCommand',
    'ChannelParticipant',
    'ChatFull',
    'ChatParticipant',
    'DraftMessage',
    'InputContact',
    'InputMedia',
    'InputReplyTo',
    'KeyboardButton',
    'MessageMedia',
    'MessageReplyHeader',
    'PeerSettings',
    'PollAnswer',
    'PollResults',
    'Update',
    'UserFull',
  ].map((name) => [crc32(name), name]),
)

function withoutNewer(object: TlObject): TlObject {
  const set = newerFieldsOf(object.className).filter((name) => (object as unknown as Record<string, unknown>)[name] !== undefined)
  return set.length === 0 ? object : copyOf(object, Object.fromEntries(set.map((name) => [name, undefined])))
}

function mapped(values: readonly unknown[], layer: number): readonly unknown[] {
  let copy: unknown[] | undefined
  for (const [index, value] of values.entries()) {
    const other = forLayer(value, layer)
    if (other !== value) (copy ??= [...values])[index] = other
  }
  return copy ?? values
}

function withFieldsMapped(object: TlObject, layer: number): TlObject {
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(object)) {
    const other = forLayer(value, layer)
    if (other !== value) changes[name] = other
  }
  return Object.keys(changes).length === 0 ? object : copyOf(object, changes)
}

function copyOf(object: TlObject, changes: Record<string, unknown>): TlObject {
  return Object.assign(Object.create(Object.getPrototypeOf(object) as object) as TlObject, object, changes)
}
