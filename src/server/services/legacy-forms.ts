import * as Api from '../../../generated/api/index.js'
import { writeRaw } from '../../tl/write-raw.js'
import { Writable, type Writer } from '../../tl/writer.js'
import { idIn, OLDEST_KNOWN_LAYER, type Samples } from './legacy-ids.js'

/** An object under the constructor id that another layer gives it. */
export class LegacyForm extends Writable {
  readonly #id: number
  readonly #type: string
  readonly #fields: Uint8Array

  /**
   * @param object its fields are laid out alike in both layers.
   * @param flagless the form has no flags yet, and so neither has the object one that is set.
   */
  constructor(id: number, type: string, object: { getBytes(): Uint8Array }, flagless = false) {
    super()
    this.#id = id
    this.#type = type
    this.#fields = object.getBytes().subarray(flagless ? 8 : 4)
  }

  override write(writer: Writer): void {
    writer.begin(this.#id, this.#type)
    writeRaw(writer, this.#fields)
  }
}

/**
 * Ids by layer, as far as layers are known. What a plain user, channel or message consists of has been laid out alike
 * in all of them; what changed from id to id are optional fields, which these objects do not have.
 */
const USER: Samples = [
  [167, 0x215c4438],
  [181, 0x215c4438],
  [185, 0x83314fca],
  [193, 0x83314fca],
  [198, 0x4b46c37e],
  [204, 0x020b1422],
  [216, 0x020b1422],
  [218, 0x31774388],
  [227, 0x31774388],
  [228, 0xb1b8cc83],
  [229, 0xb1b8cc83],
]
const CHANNEL: Samples = [
  [179, 0x0aadfc8f],
  [185, 0x0aadfc8f],
  [189, 0xfe4478bd],
  [193, 0xfe4478bd],
  [198, 0xe00998b7],
  [204, 0xfe685355],
  [216, 0xfe685355],
  [218, 0x1c32b11c],
  [227, 0x1c32b11c],
  [228, 0xd49f34c6],
  [229, 0xd49f34c6],
]
const MESSAGE: Samples = [
  [181, 0x94345242],
  [193, 0x94345242],
  [198, 0x96fdbbe9],
  [204, 0xeabcdd4d],
  [214, 0x9815cec8],
  [216, 0x9815cec8],
  [218, 0xb92f76cf],
  [220, 0xb92f76cf],
  [221, 0x9cb490e9],
  [222, 0x9cb490e9],
  [223, 0x3ae56482],
  [227, 0x7600b9d3],
  [228, 0x7600b9d3],
  [229, 0x7600b9d3],
]

const MESSAGE_SERVICE: Samples = [
  [167, 0x2b085862],
  [189, 0x2b085862],
  [198, 0xd3d28540],
  [204, 0xd3d28540],
  [214, 0x7a800e0a],
  [229, 0x7a800e0a],
]

/** A user that a client of `layer` can read: its plain fields, or its id alone where the layer's form is not known. */
export function legacyUser(user: Api.User, layer: number): Writable {
  const id = idIn(USER, layer)
  if (id === undefined) return new Api.UserEmpty({ id: user.id })
  const { accessHash, firstName, lastName, username, phone, self, contact, mutualContact, botInfoVersion } = user
  const photo = layer < OLDEST_KNOWN_LAYER ? undefined : user.photo
  const fields = { id: user.id, accessHash, firstName, lastName, username, phone, self, contact, mutualContact, photo }
  const plain =
    botInfoVersion === undefined ? new Api.User(fields) : new Api.User({ ...fields, bot: true, botInfoVersion })
  return new LegacyForm(id, 'User', plain)
}

/** As `legacyUser`, for channels and supergroups. */
export function legacyChannel(channel: Api.Channel, layer: number): Writable {
  const id = idIn(CHANNEL, layer)
  if (id === undefined) return new Api.ChatEmpty({ id: channel.id })
  const { accessHash, username, title, date, megagroup, broadcast, creator, left } = channel
  const plain = new Api.Channel({
    id: channel.id,
    title,
    date,
    megagroup,
    broadcast,
    creator,
    left,
    photo: layer < OLDEST_KNOWN_LAYER ? new Api.ChatPhotoEmpty() : channel.photo,
    accessHash,
    username,
  })
  return new LegacyForm(id, 'Chat', plain)
}

/**
 * As `legacyUser`, for messages: text, sender, times, and which album they are in; where the layer is known, also what
 * they carry, which has been given the forms of the layer before.
 */
export function legacyMessage(message: Api.Message, layer: number): Writable {
  const layerId = idIn(MESSAGE, layer)
  const { id, peerId, fromId, date, out, post, message: text, silent, editDate, groupedId } = message
  if (layerId === undefined) return new Api.MessageEmpty({ id, peerId })
  const plain = { id, peerId, date, out, post, message: text, fromId, silent, editDate, groupedId }
  if (layer < OLDEST_KNOWN_LAYER) return new LegacyForm(layerId, 'Message', new Api.Message(plain))
  const { media, entities, replyMarkup, replyTo, fwdFrom, viaBotId, pinned, reactions, fromScheduled } = message
  return new LegacyForm(layerId, 'Message', new Api.Message({ ...plain, media, entities, replyMarkup, replyTo, fwdFrom, viaBotId, pinned, reactions, fromScheduled }))
}

/** As `legacyUser`, for messages of the service. What they say has been laid out alike in all of those layers. */
export function legacyServiceMessage(message: Api.MessageService, layer: number): Writable {
  const layerId = idIn(MESSAGE_SERVICE, layer)
  const { id, peerId, fromId, date, out, post, action, silent } = message
  if (layerId === undefined) return new Api.MessageEmpty({ id, peerId })
  const replyTo = layer < OLDEST_KNOWN_LAYER ? undefined : message.replyTo
  return new LegacyForm(layerId, 'Message', new Api.MessageService({ id, peerId, fromId, date, out, post, action, silent, replyTo }))
}
