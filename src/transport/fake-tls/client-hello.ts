import { concat } from '../../bytes/bytes.js'
import { LocalError } from '../../errors/errors.js'
import { randomBytes, type Random } from '../../platform/random.js'
import { randomCurvePoint } from './curve-point.js'
import { CLIENT_HELLO_LENGTH } from './limits.js'

/** Where the 32 bytes `random` of either hello stand, counted from the start of the record. */
export const HELLO_RANDOM = 11
export const HELLO_RANDOM_LENGTH = 32

const GREASE = -1 // a place for one of the reserved values of RFC 8701
const CIPHER_SUITES = [
  GREASE, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035,
]
const GROUPS = [GREASE, 0x001d, 0x0017, 0x0018] // x25519, secp256r1, secp384r1
const SIGNATURES = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]
const VERSIONS = [GREASE, 0x0304, 0x0303]
const PROTOCOLS = ['h2', 'http/1.1']

/**
 * The first record of a TLS connection as a browser opens it: RFC 8446, 4.1.2, with the extensions that browsers send,
 * padded (RFC 7685) to 517 bytes. Its `random` is all zeros: the caller puts the digest there.
 * @throws {LocalError} `argument` when `domain` is too long.
 */
export function clientHello(domain: string, random: Random): Uint8Array {
  const grease = greaseValues(random)
  const ascii = new TextEncoder().encode(domain)
  const extensions = concat(
    extension(grease(0)),
    extension(0x0000, vector16(concat(Uint8Array.of(0), vector16(ascii)))), // server_name
    extension(0x0017), // extended_master_secret
    extension(0xff01, Uint8Array.of(0)), // renegotiation_info
    extension(0x000a, vector16(numbers(GROUPS, grease(1)))), // supported_groups
    extension(0x000b, Uint8Array.of(1, 0)), // ec_point_formats
    extension(0x0023), // session_ticket
    extension(0x0010, vector16(concat(...PROTOCOLS.map((name) => vector8(new TextEncoder().encode(name)))))),
    extension(0x0005, Uint8Array.of(1, 0, 0, 0, 0)), // status_request
    extension(0x000d, vector16(numbers(SIGNATURES))), // signature_algorithms
    extension(0x0012), // signed_certificate_timestamp
    extension(0x0033, vector16(concat(keyShare(grease(1), Uint8Array.of(0)), keyShare(0x001d, randomCurvePoint(random))))),
    extension(0x002d, Uint8Array.of(1, 1)), // psk_key_exchange_modes
    extension(0x002b, vector8(numbers(VERSIONS, grease(2)))), // supported_versions
    extension(0x001b, Uint8Array.of(2, 0, 2)), // compress_certificate
    extension(grease(3), Uint8Array.of(0)),
  )
  const body = concat(
    Uint8Array.of(3, 3),
    new Uint8Array(HELLO_RANDOM_LENGTH),
    vector8(randomBytes(random, 32)), // session_id
    vector16(numbers(CIPHER_SUITES, grease(4))),
    Uint8Array.of(1, 0), // compression: none
  )
  const padding = CLIENT_HELLO_LENGTH - (9 + body.length + 2 + extensions.length + 4)
  if (padding < 0) {
    throw new LocalError('argument', 'the domain in the proxy secret is too long', { got: `${ascii.length} bytes` })
  }
  const handshake = concat(body, vector16(concat(extensions, extension(0x0015, new Uint8Array(padding)))))
  const { length } = handshake
  return concat(Uint8Array.of(0x16, 3, 1), vector16(concat(Uint8Array.of(1, length >> 16, length >> 8, length), handshake)))
}

/** One of 16 reserved values for each place; the two extensions must differ. */
function greaseValues(random: Random): (place: number) => number {
  const dice = randomBytes(random, 5)
  if (((dice[0]! ^ dice[3]!) & 15) === 0) dice[3]! ^= 1
  return (place) => (dice[place]! & 15) * 0x1010 + 0x0a0a
}

function numbers(values: readonly number[], grease = 0): Uint8Array {
  return concat(...values.map((value) => uint16(value === GREASE ? grease : value)))
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value)
}

export function vector8(content: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(content.length), content)
}

export function vector16(content: Uint8Array): Uint8Array {
  return concat(uint16(content.length), content)
}

export function extension(type: number, content: Uint8Array = new Uint8Array(0)): Uint8Array {
  return concat(uint16(type), vector16(content))
}

export function keyShare(group: number, key: Uint8Array): Uint8Array {
  return concat(uint16(group), vector16(key))
}
