import { wrongArgument } from '../../errors/wrong-argument.js'
import type { Platform } from '../../platform/platform.js'
import { randomUint64 } from '../../platform/random.js'
import { BoundedMap } from '../bounded-map.js'
import { REMEMBERED_RANDOM_IDS } from '../limits.js'
import { BotQueries } from './bot-queries.js'
import { CdnFiles } from './cdn.js'
import { checkChatSeed, checkFileSeed, checkUserSeed } from './check-seeds.js'
import { Deliveries } from './deliveries.js'
import { Uploads, type FileSeed, type WorldFile } from './files.js'
import { makeVerifier } from './password.js'
import {
  newChannel,
  newChat,
  newUser,
  type ChatSeed,
  type UserSeed,
  type WorldChannel,
  type WorldChat,
  type WorldPeer,
  type WorldUser,
} from './peers.js'
import type { WorldPoll } from './polls.js'
import { Schedule } from './schedule.js'

const FIRST_USER_ID = 1_000_001n
const FIRST_CHAT_ID = 2_000_001n
const FIRST_CHANNEL_ID = 3_000_001n

/**
 * Everything that the server knows besides keys and sessions: accounts, chats, messages and files, in memory.
 * All data centres share one world. It speaks no TL; the services translate.
 */
export class World {
  readonly users: Map<bigint, WorldUser> = new Map()
  readonly chats: Map<bigint, WorldChat> = new Map()
  readonly channels: Map<bigint, WorldChannel> = new Map()
  readonly files: Map<bigint, WorldFile> = new Map()
  readonly polls: Map<bigint, WorldPoll> = new Map()
  readonly uploads: Uploads = new Uploads()
  readonly deliveries: Deliveries = new Deliveries()
  readonly botQueries: BotQueries
  readonly schedule: Schedule
  readonly cdn: CdnFiles
  /** Under which ids accounts have sent messages. */
  readonly sentRandomIds: Map<string, true> = new BoundedMap(REMEMBERED_RANDOM_IDS)
  readonly #platform: Platform
  readonly #homeDc: number

  constructor(platform: Platform, homeDc: number) {
    this.#platform = platform
    this.botQueries = new BotQueries(platform)
    this.schedule = new Schedule(platform)
    this.cdn = new CdnFiles(platform.random)
    this.#homeDc = homeDc
  }

  /** Unix time in seconds. */
  now(): number {
    return Math.floor(this.#platform.clock.now().wallMs / 1000)
  }

  /** A random positive number below 2^62, as ids and access hashes are. */
  randomId(): bigint {
    return randomUint64(this.#platform.random) >> 2n
  }

  /** @throws {LocalError} `argument`, when something about the account cannot be, or its id is taken */
  addUser(seed: UserSeed = {}): WorldUser {
    checkUserSeed(seed, 'user')
    const id = freeId(this.users, FIRST_USER_ID, seed.id)
    const user = newUser(seed, id, this.randomId(), this.#homeDc)
    if (seed.password !== undefined) this.setPassword(user, seed.password)
    this.users.set(id, user)
    return user
  }

  /** @throws {LocalError} `argument`, as {@link addUser} */
  addChat(seed: ChatSeed): WorldChat {
    checkChatSeed(seed, 'chat')
    const id = freeId(this.chats, FIRST_CHAT_ID, seed.id)
    const chat = newChat(seed, id, this.now())
    this.chats.set(id, chat)
    return chat
  }

  /** @throws {LocalError} `argument`, as {@link addUser} */
  addChannel(seed: ChatSeed): WorldChannel {
    checkChatSeed(seed, 'channel')
    const id = freeId(this.channels, FIRST_CHANNEL_ID, seed.id)
    const channel = newChannel(seed, id, this.randomId(), this.now())
    this.channels.set(id, channel)
    return channel
  }

  /** @throws {LocalError} `argument`, when something about the file cannot be */
  addFile(seed: FileSeed): WorldFile {
    checkFileSeed(seed, 'file')
    const file: WorldFile = {
      id: this.randomId(),
      accessHash: this.randomId(),
      date: this.now(),
      reference: this.newReference(),
      bytes: seed.bytes,
      name: seed.name ?? 'file.bin',
      mimeType: seed.mimeType ?? 'application/octet-stream',
      dcId: seed.dcId ?? this.#homeDc,
      cdn: seed.cdn ?? false,
      photo: seed.photo ?? false,
      thumbs: seed.thumbs ?? [],
      attributes: seed.attributes ?? [],
    }
    this.files.set(file.id, file)
    return file
  }

  /** A file reference that no file has yet. */
  newReference(): Uint8Array {
    return this.#platform.random.fill(new Uint8Array(16))
  }

  /**
   * Gives a user, group or channel a profile photo, or takes it away.
   * @throws {LocalError} `argument`, for a file that is no photo
   */
  setPhoto(peer: WorldPeer, photo: WorldFile | undefined): void {
    if (photo !== undefined && photo?.photo !== true) throw wrongArgument('photo', 'a file that was added with photo: true', photo)
    peer.photo = photo
  }

  /** Turns two-step verification on, or off where no password is given. */
  setPassword(user: WorldUser, password: string | undefined, hint?: string): void {
    user.password = password === undefined ? undefined : makeVerifier(password, this.#platform.random, hint)
  }

  /** The user, channel or supergroup that bears this name, in any case. */
  byUsername(username: string): WorldUser | WorldChannel | undefined {
    const wanted = username.toLowerCase()
    for (const peers of [this.users.values(), this.channels.values()]) {
      for (const peer of peers) if (peer.username?.toLowerCase() === wanted) return peer
    }
    return undefined
  }

  /** The account with this phone number; anything but digits is disregarded. */
  byPhone(phone: string): WorldUser | undefined {
    const wanted = phone.replace(/\D/g, '')
    for (const user of this.users.values()) if (user.phone?.replace(/\D/g, '') === wanted) return user
    return undefined
  }

  /** Who sees what is sent to a peer: the members of a chat, or the account itself. */
  membersOf(peer: WorldPeer): WorldUser[] {
    return peer.kind === 'user' ? [peer] : [...peer.members].flatMap((id) => this.users.get(id) ?? [])
  }
}

/** The id that is asked for, or else the next that nobody has. */
function freeId(taken: ReadonlyMap<bigint, unknown>, first: bigint, wanted: bigint | number | undefined): bigint {
  if (wanted !== undefined) {
    if (taken.has(BigInt(wanted))) throw wrongArgument('id', 'an id that nobody has', wanted)
    return BigInt(wanted)
  }
  let id = first + BigInt(taken.size)
  while (taken.has(id)) id++
  return id
}
