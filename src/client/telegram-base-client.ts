/// <reference lib="esnext.disposable" preserve="true" />
import * as Api from '../../generated/api/index.js'
import type { Bytes } from '../bytes/bytes.js'
import { getEntities, type Entity } from '../entities/get-entities.js'
import { markedId } from '../entities/convert.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { Session } from '../session/session.js'
import { sessionOf } from '../session/session-of.js'
import { installInspection } from '../tl/inspection.js'
import type { TlRequest } from '../tl/object.js'
import { fetchMe, isAuthorized } from './auth/authorization.js'
import { signInBot } from './auth/bot.js'
import { logOut } from './auth/log-out.js'
import type { ApiCredentials, BotAuthParams, PhoneAuthParams, QrCodeAuthParams } from './auth/params.js'
import { signInWithPassword, type PasswordParams } from './auth/password.js'
import { sendCode, signInUser, type SentCode } from './auth/phone.js'
import { signInWithQrCode } from './auth/qr-code.js'
import { start, type StartParams } from './auth/start.js'
import { updateTwoFaSettings, type TwoFaParams } from './auth/two-step.js'
import { invokeOptions, type CallOptions } from './call-options.js'
import { refuseLeftOut } from './compat/left-out.node.js'
import type { Logger, LogLevel } from './compat/logger.js'
import { version } from './compat/version.js'
import { connect } from './connect.js'
import { ClientCore } from './core.js'
import type { EventBuilder, UpdateConnectionState } from './events/builder.js'
import { EventDispatcher, type EventHandler } from './events/dispatcher.js'
import { cappedThreshold, readSettings, type TelegramClientParams } from './settings.js'
import { downloadMedia, type DownloadMediaParams } from './files/download-media.js'
import { downloadFile, iterDownload, type Downloaded, type DownloadFileParams, type IterDownloadParams } from './files/download.js'
import { mendMissingPart } from './files/missing-parts.js'
import { uploadFile, type UploadFileParams } from './files/upload.js'
import { UpdateFeed } from './update-feed.js'

/** A function of these events; as existing code writes it, its parameter may name just the ones it expects. */
type HandlerOf<Event> = { handle(event: Event): unknown }['handle']

/**
 * A client of Telegram's API. Every method forwards; what it does is in the file it forwards to.
 *
 * ```ts
 * const client = new TelegramClient(new StringSession(saved), apiId, apiHash, {})
 * await client.connect()
 * const me = await client.getMe()
 * await client.disconnect()
 * ```
 */
export class TelegramBaseClient<S extends Session = Session> {
  readonly apiId: number
  readonly apiHash: string
  readonly #core: ClientCore
  readonly #events: EventDispatcher
  readonly #feed: UpdateFeed
  #onError: (error: Error) => unknown
  #onLoggedOut: (error: RpcError | LocalError) => unknown = () => {}

  /**
   * @param session a session, or the name of a `StoreSession`
   * @throws {LocalError} `argument`, naming the option that has the wrong form.
   */
  constructor(session: string | S, apiId: number, apiHash: string, params: TelegramClientParams = {}) {
    installInspection()
    refuseLeftOut(TelegramBaseClient.prototype)
    const settings = readSettings(apiId, apiHash, params)
    this.apiId = settings.apiId
    this.apiHash = settings.apiHash
    this.#core = new ClientCore(sessionOf(session), settings)
    this.#onError = (error: unknown) => settings.logger.error(`an event handler failed: ${describeFailure(error)}`)
    this.#events = new EventDispatcher(this, {
      timers: settings.platform.timers,
      sequential: settings.sequentialUpdates,
      isRunning: () => this.#core.running,
      onError: (error) => this.#onError(error),
    })
    this.#core.listeners.push({
      onLoggedOut: (error) => void this.#tellLoggedOut(error),
      onClose: () => this.#events.release(),
      mend: (error, request) => mendMissingPart(this.#core, error, request),
    })
    this.#feed = new UpdateFeed(this.#core, (update) => this.#events.dispatch(update))
  }

  /** Whatever the handler does, the client goes on with what it has to do. */
  async #tellLoggedOut(error: RpcError | LocalError): Promise<void> {
    try {
      await this.#onLoggedOut(error)
    } catch (failure) {
      this.#core.settings.logger.error(`the onLoggedOut handler failed: ${describeFailure(failure)}`)
    }
  }

  get session(): S {
    return this.#core.session as S
  }

  /** Whether a link to the account's data centre is open right now. */
  get connected(): boolean {
    return this.#core.connected
  }

  get disconnected(): boolean {
    return !this.#core.connected
  }

  /** The version of this package. */
  get __version__(): string {
    return version
  }

  /** What was given as `baseLogger`, where that is a `Logger`. */
  get logger(): Logger {
    return this.#core.settings.logger
  }

  /** What the client tells of itself from now on; it begins with nothing, where it was given no logger. */
  setLogLevel(level: LogLevel): void {
    this.logger.setLevel(level)
  }

  /** Parts of files that are fetched at the same time, of downloads that begin from now on. */
  set maxConcurrentDownloads(parts: number) {
    this.#core.settings.maxConcurrentDownloads = parts
  }

  get floodSleepThreshold(): number {
    return this.#core.settings.floodSleepThreshold
  }

  set floodSleepThreshold(thresholdSeconds: number) {
    this.#core.settings.floodSleepThreshold = cappedThreshold(thresholdSeconds)
  }

  /** Called when the session is of no use any more: revoked, or its key unknown to the server. */
  set onLoggedOut(handler: (error: RpcError | LocalError) => unknown) {
    this.#onLoggedOut = handler
  }

  /** Called with what an event handler threw. */
  set onError(handler: (error: Error) => unknown) {
    this.#onError = handler
  }

  /** @returns false when the client is connected already. @throws see `connect` in connect.ts; it always settles. */
  connect(options: { readonly signal?: AbortSignal } = {}): Promise<boolean> {
    return connect(this.#core, options.signal)
  }

  /** Ends all connections: calls without an answer are rejected, and neither timer nor socket is left. */
  async disconnect(): Promise<void> {
    this.#core.close()
    this.#core.session.save()
    this.#core.session.close()
  }

  /** As `disconnect`, and forgets the event handlers. */
  async destroy(): Promise<void> {
    this.#events.clear()
    await this.disconnect()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.destroy()
  }

  /**
   * Sends a request and returns its answer. Peers may be given by username, link, phone number, id or entity.
   * @throws {RpcError} the server's refusal.
   * @throws {LocalError} `encode`, `entity`, `state`, `timeout`, `aborted`, `disconnected`, `unknown-outcome`.
   */
  invoke<Result>(request: TlRequest<Result>, options?: CallOptions | number): Promise<Result> {
    return this.#core.invoke(request, typeof options === 'number' ? { dcId: options } : invokeOptions(options))
  }

  /** Connects and logs in, unless the session is logged in already. */
  async start(params: StartParams): Promise<void> {
    await start(this.#core, params)
  }

  /** Whether an account is logged in. */
  isUserAuthorized(): Promise<boolean> {
    return isAuthorized(this.#core)
  }

  checkAuthorization(): Promise<boolean> {
    return isAuthorized(this.#core)
  }

  /** Ends the login at the server and deletes the session. */
  logOut(): Promise<void> {
    return logOut(this.#core)
  }

  sendCode(credentials: ApiCredentials, phoneNumber: string, forceSMS: boolean = false): Promise<SentCode> {
    return sendCode(this.#core, credentials, phoneNumber, forceSMS)
  }

  signInUser(credentials: ApiCredentials, params: PhoneAuthParams): Promise<Api.User> {
    return signInUser(this.#core, credentials, params)
  }

  signInBot(credentials: ApiCredentials, params: BotAuthParams): Promise<Api.User> {
    return signInBot(this.#core, credentials, params)
  }

  signInUserWithQrCode(credentials: ApiCredentials, params: QrCodeAuthParams): Promise<Api.User> {
    return signInWithQrCode(this.#core, credentials, params)
  }

  signInWithPassword(_credentials: ApiCredentials, params: PasswordParams): Promise<Api.User> {
    return signInWithPassword(this.#core, params)
  }

  updateTwoFaSettings(params: TwoFaParams): Promise<void> {
    return updateTwoFaSettings(this.#core, params)
  }

  /** The account that is logged in; with `true`, as a peer to address. */
  getMe(): Promise<Api.User>
  getMe(inputPeer: false): Promise<Api.User>
  getMe(inputPeer: true): Promise<Api.TypeInputPeer>
  async getMe(inputPeer: boolean = false): Promise<Api.User | Api.TypeInputPeer> {
    const me = await fetchMe(this.#core)
    return inputPeer ? this.#core.resolver.inputPeer({ inputEntity: me }) : me
  }

  /** The account as others address it, where a login or `getMe()` has told who it is. */
  get _selfInputPeer(): Api.InputPeerUser | undefined {
    const { self } = this.#core
    return self && new Api.InputPeerUser({ userId: self.id, accessHash: self.accessHash ?? 0 })
  }

  async isBot(): Promise<boolean> {
    return (await fetchMe(this.#core)).bot === true
  }

  /** The user, chat or channel, fresh from the server. */
  getEntity(entity: Api.TypeEntityLike): Promise<Entity>
  getEntity(entities: readonly Api.TypeEntityLike[]): Promise<Entity[]>
  async getEntity(entity: Api.TypeEntityLike | readonly Api.TypeEntityLike[]): Promise<Entity | Entity[]> {
    const many = Array.isArray(entity)
    const found = await getEntities(many ? entity : [entity], this.#core.resolver, (request) => this.#core.ask(request))
    return many ? found : found[0]!
  }

  /** The peer as requests need it; costs no call when the session has met it. */
  getInputEntity(entity: Api.TypeEntityLike): Promise<Api.TypeInputPeer> {
    return this.#core.resolver.inputPeer(entity)
  }

  /** The id of a peer as text; with a mark, `-4` for groups and `-1001234567890` for channels. */
  async getPeerId(entity: Api.TypeEntityLike, addMark: boolean = true): Promise<string> {
    const peer = await this.#core.resolver.inputPeer(entity)
    const marked = peer.className === 'InputPeerSelf' ? String((await fetchMe(this.#core)).id) : markedId(peer)
    if (marked === undefined) throw new LocalError('entity', `${describe(entity)} has no id`)
    return addMark ? marked : marked.replace(/^-(?:100)?/, '')
  }

  /** Uploads a file in parts; what it returns goes into `InputMediaUploadedDocument` and its relatives. */
  uploadFile(params: UploadFileParams): Promise<Api.InputFile | Api.InputFileBig> {
    return uploadFile(this.#core, params)
  }

  /** @returns the bytes of a location, document, photo or media; the path of the file where they were written to one. */
  downloadFile(file: unknown, params: DownloadFileParams & { readonly outputFile: string }): Promise<string>
  downloadFile(file: unknown, params?: DownloadFileParams & { readonly outputFile?: undefined }): Promise<Bytes>
  downloadFile(file: unknown, params?: DownloadFileParams): Promise<Downloaded>
  downloadFile(file: unknown, params?: DownloadFileParams): Promise<Downloaded> {
    return downloadFile(this.#core, file, params)
  }

  /** As `downloadFile`, also of messages, also into a folder, and also one of the pictures that files come with. */
  downloadMedia(media: unknown, params: DownloadMediaParams & { readonly outputFile: string }): Promise<string>
  downloadMedia(media: unknown, params?: DownloadMediaParams & { readonly outputFile?: undefined }): Promise<Bytes>
  downloadMedia(media: unknown, params?: DownloadMediaParams): Promise<Downloaded>
  downloadMedia(media: unknown, params?: DownloadMediaParams): Promise<Downloaded> {
    return downloadMedia(this.#core, media, params)
  }

  /** The bytes of a file as they come: `for await (const chunk of client.iterDownload({ file })) ...` */
  iterDownload(params: IterDownloadParams): AsyncGenerator<Bytes, undefined, undefined> {
    return iterDownload(this.#core, params)
  }

  /** Calls `callback` for every update, or for the events that `event` makes of them. */
  addEventHandler(callback: HandlerOf<Api.TypeUpdate | UpdateConnectionState>): void
  addEventHandler<Event>(callback: HandlerOf<Event>, event: EventBuilder<Event>): void
  addEventHandler(callback: EventHandler, event?: EventBuilder): void {
    this.#events.add(callback, event)
    this.#feed.listen()
  }

  removeEventHandler(callback: EventHandler, event?: EventBuilder): void {
    this.#events.remove(callback, event)
  }

  listEventHandlers(): [EventBuilder, EventHandler][] {
    return this.#events.list()
  }

  /** Fetches what happened since the session's saved state, and hands it to the handlers. Settles when that is done. */
  catchUp(): Promise<void> {
    return this.#feed.catchUp()
  }
}

/** Handlers may throw anything. */
function describeFailure(failure: unknown): string {
  return failure instanceof Error ? failure.message : describe(failure)
}
