import { parseRsaPublicKey, type RsaPublicKey } from '../crypto/rsa.js'
import {
  CALL_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  FLOOD_SLEEP_CAP_SECONDS,
  FLOOD_SLEEP_THRESHOLD_SECONDS,
  REQUEST_RETRIES,
  RETRY_BASE_MS,
} from '../connection/limits.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import { wrongArgument } from '../errors/wrong-argument.js'
import type { Dial } from '../net/link.js'
import type { SocksProxy } from '../net/socks.js'
import { checkSocksProxy } from '../net/socks.js'
import type { Platform } from '../platform/platform.js'
import { systemPlatform } from '../platform/system.js'
import { parseMtproxySecret, type MtproxyAddress } from '../transport/mtproxy-secret.js'
import { Connection, type WireStyle } from './connection-kinds.js'
import { loggerOf, type Logger } from './compat/logger.js'
import type { ClientLogger } from './logger.js'
import { builtInServerKeys } from './server-keys.js'
import { defaultCarrier, defaultWire, deviceModel, secureByDefault, systemVersion } from './surroundings.node.js'

/** An MTProxy, as existing code writes it down. */
export interface MtproxyParams {
  readonly ip: string
  readonly port: number
  /** Hex or base64url; `dd` and `ee` secrets as well. */
  readonly secret: string
  readonly MTProxy: true
  readonly timeout?: number
}
export type SocksParams = SocksProxy & { readonly MTProxy?: false; readonly timeout?: number }
export type ProxyInterface = MtproxyParams | SocksParams

/** The last argument of `new TelegramClient(...)`. Everything is optional. */
export interface TelegramClientParams {
  /** The transport, by its class: `ConnectionTCPObfuscated`. Node: padded intermediate; browsers: obfuscated. */
  readonly connection?: typeof Connection
  /** `PromisedWebSockets` for WebSocket on Node; browsers have no other. */
  readonly networkSocket?: { readonly carrier: 'tcp' | 'websocket' }
  readonly useIPV6?: boolean
  /** Seconds that connecting may take, and that one attempt of a call may stay without an answer. Default 30 and 60. */
  readonly timeout?: number
  /** Attempts of a call that the server fails to carry out (500, -503). Default 5. */
  readonly requestRetries?: number
  /** Failed connections after which `connect()` gives up. Default 5. */
  readonly connectionRetries?: number
  /** Milliseconds before the second attempt to connect; doubled after each further one. Default 1000. */
  readonly retryDelay?: number
  /** Waits up to this many seconds are slept through. Default 60. */
  readonly floodSleepThreshold?: number
  readonly deviceModel?: string
  readonly systemVersion?: string
  readonly appVersion?: string
  readonly langCode?: string
  readonly systemLangCode?: string
  readonly langPack?: string
  readonly baseLogger?: ClientLogger
  /** Secure WebSockets. Default: as the page, in browsers. */
  readonly useWSS?: boolean
  readonly proxy?: ProxyInterface
  /**
   * Refuse, before anything is sent, what the schema says a bot or a user may not call. Default false: the server decides.
   */
  readonly checkCallableBy?: boolean
  /** Parts of files that are fetched at the same time. Default 4. */
  readonly maxConcurrentDownloads?: number
  /** Telegram's test network. */
  readonly testServers?: boolean
  /** RSA public keys (PEM) that replace the built-in ones, for servers of one's own. */
  readonly serverKeys?: readonly string[]
  /** Temporary keys (perfect forward secrecy). Default true. */
  readonly pfs?: boolean
  /** Clocks, timers and dice; for tests on virtual time. */
  readonly platform?: Platform
  /** Opens every link in place of TCP, WebSocket and proxies; for tests on a network of their own. */
  readonly dial?: Dial
  /** The handlers of an update wait for those of the update before, however long these take. Default false. */
  readonly sequentialUpdates?: boolean
  /** Kept for existing code; without effect, since connections are always kept up and checks are always on. */
  readonly autoReconnect?: boolean
  readonly reconnectRetries?: number
  readonly downloadRetries?: number
  readonly securityChecks?: boolean
}

export interface Settings {
  readonly apiId: number
  readonly apiHash: string
  readonly wire: WireStyle
  readonly carrier: 'tcp' | 'websocket'
  readonly secure: boolean
  readonly ipv6: boolean
  readonly connectTimeoutMs: number
  readonly callTimeoutMs: number
  readonly requestRetries: number
  readonly connectionRetries: number
  readonly retryDelayMs: number
  floodSleepThreshold: number
  readonly deviceModel: string
  readonly systemVersion: string
  readonly appVersion: string
  readonly langCode: string
  readonly systemLangCode: string
  readonly langPack: string
  readonly logger: Logger
  readonly socks: SocksProxy | undefined
  readonly mtproxy: MtproxyAddress | undefined
  maxConcurrentDownloads: number
  readonly checkCallableBy: boolean
  readonly sequentialUpdates: boolean
  readonly testServers: boolean
  readonly serverKeys: readonly RsaPublicKey[]
  /** The caller named the keys to trust: no other one counts. */
  readonly ownServerKeys: boolean
  readonly pfs: boolean
  readonly platform: Platform
  readonly dial: Dial | undefined
}

const CONNECTION_RETRIES = 5
const CONCURRENT_DOWNLOADS = 4
const LOG_METHODS = ['error', 'warn', 'info', 'debug'] as const

/** @throws {LocalError} `argument`, naming the option that has the wrong form. */
export function readSettings(apiId: number, apiHash: string, params: TelegramClientParams = {}): Settings {
  const id = Number(apiId)
  if (!Number.isInteger(id) || id <= 0 || typeof apiHash !== 'string' || apiHash === '') {
    throw new LocalError(
      'argument',
      `apiId must be a positive number, apiHash a text, see my.telegram.org; got ${describe(apiId)}, ${typeof apiHash}`,
    )
  }
  const { connection, networkSocket, timeout, baseLogger, serverKeys } = params
  const proxy = params.proxy ?? undefined
  if (proxy !== undefined && typeof proxy !== 'object') throw wrongArgument('proxy', 'an object with ip and port', proxy)
  if (serverKeys !== undefined && !Array.isArray(serverKeys))
    throw wrongArgument('serverKeys', 'an array of PEM texts', serverKeys)
  if (baseLogger !== undefined && LOG_METHODS.some((name) => typeof baseLogger?.[name] !== 'function'))
    throw wrongArgument('baseLogger', `a logger with ${LOG_METHODS.join(', ')}`, baseLogger)
  if (connection !== undefined && connection.wire === undefined) {
    throw wrongArgument('connection', 'a transport such as ConnectionTCPObfuscated', connection)
  }
  const mtproxy = proxy !== undefined && 'secret' in proxy && proxy.MTProxy === true ? mtproxyOf(proxy) : undefined
  const socks = proxy !== undefined && mtproxy === undefined ? (proxy as SocksParams) : undefined
  if (socks !== undefined) checkSocksProxy(socks)
  const carrier = networkSocket?.carrier ?? defaultCarrier
  const wire = connection?.wire ?? (carrier === 'websocket' ? { ...defaultWire, obfuscated: true } : defaultWire)
  return {
    apiId: id,
    apiHash,
    wire,
    carrier,
    secure: params.useWSS ?? secureByDefault,
    ipv6: params.useIPV6 === true,
    connectTimeoutMs: timeout === undefined ? CONNECT_TIMEOUT_MS : seconds('timeout', timeout) * 1000,
    callTimeoutMs: timeout === undefined ? CALL_TIMEOUT_MS : seconds('timeout', timeout) * 1000,
    requestRetries: number('requestRetries', params.requestRetries ?? REQUEST_RETRIES),
    connectionRetries: number('connectionRetries', params.connectionRetries ?? CONNECTION_RETRIES),
    retryDelayMs: number('retryDelay', params.retryDelay ?? RETRY_BASE_MS),
    floodSleepThreshold: cappedThreshold(params.floodSleepThreshold ?? FLOOD_SLEEP_THRESHOLD_SECONDS),
    deviceModel: params.deviceModel ?? deviceModel(),
    systemVersion: params.systemVersion ?? systemVersion(),
    appVersion: params.appVersion ?? '1.0',
    langCode: params.langCode ?? 'en',
    systemLangCode: params.systemLangCode ?? 'en',
    langPack: params.langPack ?? '',
    logger: loggerOf(baseLogger),
    socks,
    mtproxy,
    maxConcurrentDownloads: number('maxConcurrentDownloads', params.maxConcurrentDownloads ?? CONCURRENT_DOWNLOADS),
    checkCallableBy: params.checkCallableBy === true,
    sequentialUpdates: params.sequentialUpdates === true,
    testServers: params.testServers === true,
    serverKeys:
      serverKeys === undefined ? builtInServerKeys(params.testServers === true) : serverKeys.map(serverKey),
    ownServerKeys: serverKeys !== undefined,
    pfs: params.pfs ?? true,
    platform: params.platform ?? systemPlatform,
    dial: params.dial,
  }
}

/** @throws {LocalError} `argument`, when it is no number. */
export function cappedThreshold(thresholdSeconds: number): number {
  return Math.min(Math.max(0, number('floodSleepThreshold', thresholdSeconds)), FLOOD_SLEEP_CAP_SECONDS)
}

function number(path: string, value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw wrongArgument(path, 'a number', value)
  return value
}

function seconds(path: string, value: unknown): number {
  if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value))
    throw wrongArgument(path, 'a positive number of seconds', value)
  return value
}

function serverKey(pem: string, index: number): RsaPublicKey {
  if (typeof pem !== 'string') throw wrongArgument(`serverKeys[${index}]`, 'PEM text', pem)
  return parseRsaPublicKey(pem)
}

function mtproxyOf({ ip, port, secret }: MtproxyParams): MtproxyAddress {
  if (typeof ip !== 'string' || ip === '') throw wrongArgument('proxy.ip', 'a host name or an address', ip)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrongArgument('proxy.port', 'a number from 1 to 65535', port)
  return { host: ip, port, secret: parseMtproxySecret(secret) }
}
