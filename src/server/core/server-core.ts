import * as Api from '../../../generated/api/index.js'
import { rsaPublicKeyToPem } from '../../crypto/rsa.js'
import { LocalError } from '../../errors/errors.js'
import { wrongArgument } from '../../errors/wrong-argument.js'
import { MsgIdGenerator } from '../../mtproto/msg-id.js'
import type { Link, LinkHandlers } from '../../net/link.js'
import { randomBytes } from '../../platform/random.js'
import { systemPlatform } from '../../platform/system.js'
import { encodeSessionString } from '../../session/string-format.js'
import { toBigInt, type LongLike } from '../../tl/long.js'
import type { MtproxySecret } from '../../transport/mtproxy-secret.js'
import type { TlRequest } from '../../tl/object.js'
import { proxyAccept, type ConnectTo } from '../connection/proxy-accept.js'
import { checkOptions } from '../check-options.js'
import { callback } from '../check-values.js'
import type { ServerFaults } from '../faults.js'
import { SALT_OVERLAP_MS, SALT_PERIOD_MS } from '../limits.js'
import type { IdleLimits, ServerOptions } from '../options.js'
import { loadRsaKeys, type ServerRsaKeys } from '../rsa-keys.js'
import { builtInServices } from '../services/built-in.js'
import type { Handler, MethodClass } from '../services/context.js'
import { ViolationLog, type Violation } from '../strict.js'
import { synthesise } from '../synthesis/synthesise.js'
import { checkLogin } from '../world/check-seeds.js'
import { Accounts } from '../world/accounts.js'
import { sendMessage, type SentMessage } from '../world/messages.js'
import type { UserSeed, WorldPeer, WorldUser } from '../world/peers.js'
import { seedWorld } from '../world/seed.js'
import { World } from '../world/world.js'
import { Centre, TEST_DC } from './centre.js'
import type { DataCentre } from './data-centres.js'
import { serverMs, type Environment, type LargeDecryption } from './environment.js'

const HOME_DC = 2
const LOGIN_CODE = '12345'
const PACK_FROM_BYTES = 4096
/** The seed of made-up answers where none is given. */
const SYNTHESIS_SEED = 1

/** An account by its name, its id, or itself. */
export type UserLike = string | LongLike | WorldUser

/** What a core's owner has for it beyond the options of its user. */
export interface CoreParts {
  /** Left out: those that the options ask for. */
  readonly rsaKeys?: ServerRsaKeys
  /** Left out: large packets are decrypted where all others are. */
  readonly decryption?: LargeDecryption | undefined
  /** Limits where the options name none. Left out: connections stay as long as their peers like. */
  readonly idle?: IdleLimits
}

/**
 * A whole Telegram server without sockets: bytes come in through `accept`, and leave through the links that it is
 * given. Time, timers and dice come from the platform, so that a simulation can own them.
 */
export class ServerCore {
  readonly world: World
  readonly faults: ServerFaults
  readonly centres: readonly Centre[]
  readonly #environment: Environment
  readonly #log: ViolationLog

  constructor(options: ServerOptions, { rsaKeys, decryption, idle }: CoreParts = {}) {
    checkOptions(options)
    const { main, cdn: caching } = rsaKeys ?? loadRsaKeys(options.rsaKey)
    const { platform = systemPlatform, loginCode = LOGIN_CODE, host = '127.0.0.1' } = options
    const { dataCentres = [{ id: HOME_DC }] } = options
    const homeDc = dataCentres[0]?.id ?? HOME_DC
    this.world = new World(platform, homeDc)
    this.faults = options.faults ?? {}
    this.#log = new ViolationLog(options.strict ?? false, options.onViolation)
    const centres: DataCentre[] = dataCentres.map(({ id, port = 0, mediaOnly = false, cdn = false }, index) => ({
      id,
      host,
      port: index === 0 ? (options.port ?? port) : port,
      mediaOnly,
      cdn,
      publicKey: rsaPublicKeyToPem(cdn ? caching : main),
    }))
    this.#environment = {
      platform,
      world: this.world,
      accounts: new Accounts(platform, typeof loginCode === 'function' ? loginCode : () => loginCode),
      services: builtInServices(),
      dataCentres: centres,
      msgIds: new MsgIdGenerator(),
      violations: this.#log,
      faults: this.faults,
      salts: options.salts ?? { periodMs: SALT_PERIOD_MS, overlapMs: SALT_OVERLAP_MS },
      idle: idleLimits(options.idle, idle),
      temporaryKeysOnly: options.temporaryKeysOnly ?? false,
      packFromBytes: options.packFromBytes ?? PACK_FROM_BYTES,
      decryption,
      onHandlerError: options.onHandlerError ?? warn,
    }
    this.centres = centres.map((dc) => new Centre(dc, this.#environment, [dc.cdn ? caching : main]))
    this.world.deliveries.subscribe(({ userId, updates, exceptKeyId }) => {
      for (const centre of this.centres) centre.push(userId, updates, exceptKeyId)
    })
    const { seed = SYNTHESIS_SEED, unhandled = 'refuse', populate = seedWorld } = options
    if (unhandled === 'synthesise') this.#environment.services.otherwise((request) => synthesise(request, seed))
    populate(this.world)
  }

  /** What clients did against the protocol, as far as strict mode looks for it. */
  get violations(): readonly Violation[] {
    return this.#log.violations
  }

  /** The data centre with this id; the first one where none is named. */
  centre(dcId?: number): Centre {
    const centre = dcId === undefined ? this.centres[0] : this.centres.find(({ dc }) => dc.id === dcId)
    if (!centre) throw new LocalError('argument', `this server has no data centre ${dcId}`)
    return centre
  }

  /** Takes a new connection to a data centre; the answer gets its bytes. */
  accept(link: Link, dcId?: number): LinkHandlers {
    return this.centre(dcId).accept(link)
  }

  /** Takes a new connection as an MTProxy with this secret does, to whichever data centre the client names. */
  acceptProxied(link: Link, secret: MtproxySecret): LinkHandlers {
    const connectTo: ConnectTo = (dcId, raw, codec) =>
      this.centres.find(({ dc }) => dc.id === dcId % TEST_DC)?.connect(raw, codec)
    return proxyAccept(secret, connectTo, this.#environment)(link)
  }

  /**
   * Answers a method, in place of the built-in answer if there is one. Anybody may call it, logged in or not.
   *
   * ```ts
   * server.handle(Api.help.GetNearestDc, () => new Api.NearestDc({ country: 'CH', thisDc: 2, nearestDc: 2 }))
   * ```
   */
  handle<Request extends TlRequest<unknown>>(method: MethodClass<Request>, handler: Handler<Request>): void {
    if (typeof method?.CONSTRUCTOR_ID !== 'number') throw wrongArgument('method', 'the class of a method', method)
    callback(handler, 'handler')
    this.#environment.services.on(method, 'anyone', handler)
  }

  /**
   * A session string for an account, ready to use: the key is registered and logged in. The account that has this
   * username, phone number or id is taken; where there is none, it is added to the world.
   * @throws {LocalError} `argument`, when something about the account cannot be
   */
  login(account: UserSeed & { readonly dcId?: number } = {}): string {
    checkLogin(account, 'account')
    const { dcId, ...seed } = account
    const centre = this.centre(dcId)
    const user = this.#find(seed) ?? this.world.addUser({ homeDc: centre.dc.id, ...seed })
    const authKey = randomBytes(this.#environment.platform.random, 256)
    centre.addKey(authKey, user.id)
    const { id, host: serverAddress, port } = centre.dc
    return encodeSessionString({ dcId: id, serverAddress, port, authKey })
  }

  /** The account with this username or id. @throws {LocalError} `entity`, when there is none. */
  user(user: UserLike): WorldUser {
    if (isWorldPeer(user)) return user
    const named = typeof user === 'string' ? this.world.byUsername(user.replace(/^@/, '')) : undefined
    const id = toBigInt(user)
    const found = named?.kind === 'user' ? named : id === undefined ? undefined : this.world.users.get(id)
    if (!found) throw new LocalError('entity', `the world has no user ${String(user)}`)
    return found
  }

  /**
   * Pushes updates to all sessions of an account as they are, whatever their counters say.
   * @returns how many sessions they went to, or wait for.
   */
  push(user: UserLike, updates: Api.TypeUpdates | Api.TypeUpdate | readonly Api.TypeUpdate[]): number {
    const { id } = this.user(user)
    if (typeof updates !== 'object' || updates === null) throw wrongArgument('updates', 'an update, or several', updates)
    const whole = wrap(updates, this.world.now())
    return this.centres.reduce((sessions, centre) => sessions + centre.push(id, whole), 0)
  }

  /**
   * Lets something happen to an account: the update is logged under the next `pts`, pushed, and found again by
   * updates.getDifference.
   */
  happen(user: UserLike, build: (pts: number) => Api.TypeUpdate, ptsCount: number = 1): void {
    const subject = this.user(user)
    const { update } = subject.box.log.append(this.world.now(), ptsCount, build)
    this.push(subject, update)
  }

  /** Sends a message from one account to a user, group or channel, as if its client had. */
  message(from: UserLike, to: UserLike | WorldPeer, text: string): SentMessage {
    if (typeof text !== 'string') throw wrongArgument('text', 'a text', text)
    const named = typeof to === 'string' ? this.world.byUsername(to.replace(/^@/, '')) : undefined
    const target = named ?? (isWorldPeer(to) ? to : this.user(to))
    return sendMessage(this.world, { from: this.user(from), to: target, text })
  }

  /** Forgets all sessions and breaks all connections, as a restart does. Keys and the world stay. */
  restart(): void {
    for (const centre of this.centres) centre.restart()
  }

  /** Breaks all connections. */
  dropConnections(): void {
    for (const centre of this.centres) centre.dropConnections()
  }

  /** Forgets all keys: their packets are answered with -404. */
  forgetKeys(): void {
    for (const { keys, sessions } of this.centres) {
      keys.clear()
      sessions.clear()
    }
  }

  /** Makes new salts current for all keys at once; whatever was announced is refused. */
  replaceSalts(): void {
    for (const { keys } of this.centres) {
      for (const { salts } of keys.values()) salts.replaceAll(serverMs(this.#environment))
    }
  }

  #find({ id, username, phone }: UserSeed): WorldUser | undefined {
    if (id !== undefined) return this.world.users.get(BigInt(id))
    const named = username === undefined ? undefined : this.world.byUsername(username)
    if (named?.kind === 'user') return named
    return phone === undefined ? undefined : this.world.byPhone(phone)
  }
}

const isWorldPeer = <Peer extends WorldPeer>(like: unknown): like is Peer =>
  typeof like === 'object' && like !== null && 'kind' in like

function wrap(updates: Api.TypeUpdates | Api.TypeUpdate | readonly Api.TypeUpdate[], date: number): Api.TypeUpdates {
  if (isList(updates)) return new Api.Updates({ updates: [...updates], users: [], chats: [], date, seq: 0 })
  if (isWhole(updates)) return updates
  return new Api.UpdateShort({ update: updates, date })
}

const isList = (updates: unknown): updates is readonly Api.TypeUpdate[] => Array.isArray(updates)

function isWhole(updates: Api.TypeUpdates | Api.TypeUpdate): updates is Api.TypeUpdates {
  return updates.SUBCLASS_OF_ID === Api.UpdateShort.SUBCLASS_OF_ID
}

/** A limit that neither names is none. Without any, no timer is set. */
function idleLimits(asked: Partial<IdleLimits> | undefined, usual: IdleLimits | undefined): IdleLimits | undefined {
  if (asked === undefined) return usual
  const { strangerMs = usual?.strangerMs ?? Infinity, silentMs = usual?.silentMs ?? Infinity } = asked
  return { strangerMs, silentMs }
}

function warn(error: unknown, method: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.emitWarning(`the handler of ${method} failed: ${text}`)
}
