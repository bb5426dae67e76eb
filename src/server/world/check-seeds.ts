import { wrongArgument } from '../../errors/wrong-argument.js'
import { fieldsOf, flag, listOf, text, whole, type Check, type Checks } from '../check-values.js'
import type { FileSeed, WorldThumb } from './files.js'
import type { ChatSeed, UserSeed } from './peers.js'

const id: Check = (value, path) => {
  const isId = typeof value === 'bigint' || Number.isSafeInteger(value)
  if (!isId || (value as bigint | number) <= 0) throw wrongArgument(path, 'an id, a positive bigint or whole number', value)
}
const ids = listOf(id)
/** A name that clients may give, too: it may be empty. */
const name: Check = (value, path) => {
  if (typeof value !== 'string') throw wrongArgument(path, 'a text', value)
}
const dataCentre = whole(1, 999)

const bytes: Check = (value, path) => {
  if (!(value instanceof Uint8Array)) throw wrongArgument(path, 'a Uint8Array', value)
}

const user: Checks<UserSeed> = {
  username: text,
  firstName: name,
  lastName: name,
  phone: text,
  bot: flag,
  id,
  homeDc: dataCentre,
  password: text,
}

export const checkUserSeed: Check = fieldsOf<UserSeed>(user)

/** An account to log in, and where. */
export const checkLogin: Check = fieldsOf<UserSeed & { readonly dcId?: number }>({ ...user, dcId: dataCentre })

export const checkChatSeed: Check = (value, path) => {
  fieldsOf<ChatSeed>({ title: name, username: text, megagroup: flag, id, members: ids, admins: ids })(value, path)
  name((value as ChatSeed).title, `${path}.title`)
}

const thumb: Check = (value, path) => {
  fieldsOf<WorldThumb>({ type: text, bytes })(value, path)
  text((value as WorldThumb).type, `${path}.type`)
  bytes((value as WorldThumb).bytes, `${path}.bytes`)
}

const attribute: Check = (value, path) => {
  if (!/^DocumentAttribute/.test((value as { className?: string } | null)?.className ?? ''))
    throw wrongArgument(path, 'an attribute such as new Api.DocumentAttributeAnimated()', value)
}

const file: Checks<FileSeed> = {
  bytes,
  name,
  mimeType: name,
  dcId: dataCentre,
  cdn: flag,
  photo: flag,
  thumbs: listOf(thumb),
  attributes: listOf(attribute),
}

export const checkFileSeed: Check = (value, path) => {
  fieldsOf<FileSeed>(file)(value, path)
  bytes((value as FileSeed).bytes, `${path}.bytes`)
}
