import { concat } from '../bytes/bytes.js'
import { fromBase64, toBase64 } from '../bytes/base64.js'
import { LocalError } from '../errors/errors.js'
import { AUTH_KEY_LENGTH, MAX_ADDRESS_LENGTH, MAX_PORT, MAX_STORED_DC } from './limits.js'

/** What a session string says. */
export interface SessionData {
  readonly dcId: number
  /** IPv4, IPv6 or a host name. */
  readonly serverAddress: string
  readonly port: number
  /** 256 bytes. */
  readonly authKey: Uint8Array
}

/** The first character of every session string, of this format and of Telethon's. */
const VERSION = '1'
const HEADER_LENGTH = 1 + 2 + 2 // dc, address length, port
const IPV4_LENGTH = 4
const IPV6_LENGTH = 16

/**
 * `"1"` and standard base64 of `dc:u8 | address length:u16 BE | address:ASCII | port:u16 BE | key:256 bytes`.
 * @throws {LocalError} `session`, when a field does not fit the format.
 */
export function encodeSessionString(data: SessionData): string {
  const address = new TextEncoder().encode(data.serverAddress)
  if (!Number.isInteger(data.dcId) || data.dcId < 0 || data.dcId > MAX_STORED_DC) {
    throw unsaveable(`data centre ${data.dcId} does not fit in one byte`)
  }
  if (!isAddress(address)) throw unsaveable(`${JSON.stringify(data.serverAddress)} is no server address`)
  if (!Number.isInteger(data.port) || data.port < 1 || data.port > MAX_PORT) throw unsaveable(`${data.port} is no port`)
  if (data.authKey.length !== AUTH_KEY_LENGTH)
    throw unsaveable(`the key has ${data.authKey.length} bytes instead of 256`)
  const header = Uint8Array.of(data.dcId, address.length >> 8, address.length & 255)
  const port = Uint8Array.of(data.port >> 8, data.port & 255)
  return VERSION + toBase64(concat(header, address, port, data.authKey))
}

/**
 * Reads the strings of `encodeSessionString` and those of Telethon (`dc:u8 | IPv4:4 or IPv6:16 | port:u16 BE | key`),
 * told apart by what they say, not by their length alone. White space at the ends and missing `=` are forgiven.
 * @throws {LocalError} `session`, when the string is damaged; its text is never repeated in the message.
 */
export function decodeSessionString(text: string): SessionData {
  const trimmed = text.trim()
  if (!trimmed.startsWith(VERSION)) throw damaged(`it does not start with ${JSON.stringify(VERSION)}`)
  let bytes: Uint8Array
  try {
    bytes = fromBase64(trimmed.slice(VERSION.length))
  } catch (cause) {
    throw damaged((cause as Error).message)
  }
  const data = readNative(bytes) ?? readTelethon(bytes)
  if (data === undefined) throw damaged(whatIsWrong(bytes))
  if (data.port === 0) throw damaged('its port is 0')
  return data
}

function readNative(bytes: Uint8Array): SessionData | undefined {
  if (bytes.length <= HEADER_LENGTH + AUTH_KEY_LENGTH) return undefined
  const length = (bytes[1]! << 8) | bytes[2]!
  const address = bytes.subarray(3, 3 + length)
  if (bytes.length !== HEADER_LENGTH + length + AUTH_KEY_LENGTH || !isAddress(address)) return undefined
  return read(bytes, 3 + length, String.fromCharCode(...address))
}

/**
 * No host has an address in 0.0.0.0/8 or 0001::/16 to 00ff::/16; a string of the other form that was cut would spell
 * one.
 */
function readTelethon(bytes: Uint8Array): SessionData | undefined {
  const length = bytes.length - (HEADER_LENGTH - 2) - AUTH_KEY_LENGTH
  const ip = bytes.subarray(1, 1 + length)
  if (length === IPV4_LENGTH && ip[0] !== 0) return read(bytes, 1 + length, ip.join('.'))
  if (length === IPV6_LENGTH && (ip[0] !== 0 || ip[1] === 0)) return read(bytes, 1 + length, ipv6Text(ip))
  return undefined
}

function read(bytes: Uint8Array, portOffset: number, serverAddress: string): SessionData {
  const port = (bytes[portOffset]! << 8) | bytes[portOffset + 1]!
  return { dcId: bytes[0]!, serverAddress, port, authKey: bytes.slice(portOffset + 2) }
}

/** Letters, digits, dots, hyphens, and for IPv6 colons and a zone: nothing else can stand in an address. */
function isAddress(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length > MAX_ADDRESS_LENGTH) return false
  return /^[A-Za-z0-9._:%[\]-]+$/.test(String.fromCharCode(...bytes))
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups written as `::`. */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!)
  let start = 0
  let length = 0
  for (let i = 0; i < groups.length; i++) {
    let run = 0
    while (groups[i + run] === 0) run++
    if (run > length) [start, length] = [i, run]
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':')
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}

function whatIsWrong(bytes: Uint8Array): string {
  const shortest = HEADER_LENGTH + 1 + AUTH_KEY_LENGTH
  if (bytes.length < shortest) return `it is cut short: ${bytes.length} bytes, where at least ${shortest} belong`
  return 'its address length does not fit its total length'
}

function damaged(why: string): LocalError {
  return new LocalError('session', `the session string is damaged: ${why}; paste it whole, or pass '' and log in again`)
}

function unsaveable(why: string): LocalError {
  return new LocalError('session', `the session cannot be written as a string: ${why}`)
}
