import { wrongArgument } from '../errors/wrong-argument.js'
import type { Platform } from '../platform/platform.js'
import { callback, fieldsOf, flag, listOf, oneOf, text, whole, type Check } from './check-values.js'
import type { ServerFaults } from './faults.js'
import type { DataCentreOptions, IdleLimits, ProxyOptions, ServerOptions } from './options.js'
import type { SaltPlan } from './session/salts.js'

const MAX_DC = 999
const port = whole(0, 65_535)
const object: Check = (value, path) => {
  if (typeof value !== 'object' || value === null) throw wrongArgument(path, 'an object', value)
}

const dataCentre = fieldsOf<DataCentreOptions>({ id: whole(1, MAX_DC), port, mediaOnly: flag, cdn: flag })

const dataCentres: Check = (value, path) => {
  listOf(dataCentre)(value, path)
  const all = value as readonly DataCentreOptions[]
  if (all.length === 0) throw wrongArgument(path, 'at least one data centre', value)
  for (const [index, { id }] of all.entries()) {
    whole(1, MAX_DC)(id, `${path}[${index}].id`)
    if (all.findIndex((other) => other.id === id) !== index)
      throw wrongArgument(`${path}[${index}].id`, 'a number that no other data centre has', id)
  }
  if (all[0]?.cdn === true) throw wrongArgument(`${path}[0].cdn`, 'a data centre with accounts in the first place', true)
}

const proxy: Check = (value, path) => {
  fieldsOf<ProxyOptions>({ secret: text, port })(value, path)
  text((value as ProxyOptions).secret, `${path}.secret`)
}

const salts: Check = (value, path) => {
  const { periodMs, overlapMs, ...others } = (object(value, path), value as SaltPlan)
  fieldsOf({})(others, path)
  if (!(periodMs > 0)) throw wrongArgument(`${path}.periodMs`, 'milliseconds, more than 0', periodMs)
  if (!(overlapMs >= 0)) throw wrongArgument(`${path}.overlapMs`, 'milliseconds, 0 or more', overlapMs)
}

const milliseconds: Check = (value, path) => {
  if (typeof value !== 'number' || !(value > 0)) throw wrongArgument(path, 'milliseconds, more than 0', value)
}

const platform: Check = (value, path) => {
  object(value, path)
  for (const part of ['clock', 'timers', 'random'] as const) object((value as Platform)[part], `${path}.${part}`)
}

const faults = fieldsOf<ServerFaults>({
  exchange: callback,
  transportError: callback,
  packetIn: callback,
  messageIn: callback,
  salt: callback,
  query: callback,
  answer: callback,
  acknowledge: callback,
  packetOut: callback,
  sealed: callback,
})

const serverOptions = fieldsOf<ServerOptions>({
  host: text,
  port,
  dataCentres,
  strict: flag,
  onViolation: callback,
  rsaKey: text,
  loginCode(value, path) {
    if (typeof value !== 'function' && (typeof value !== 'string' || value === ''))
      throw wrongArgument(path, 'a text, or a function of the phone number', value)
  },
  unhandled: oneOf('refuse', 'synthesise'),
  seed: whole(0, 0xffff_ffff),
  populate: callback,
  temporaryKeysOnly: flag,
  salts,
  packFromBytes(value, path) {
    if (typeof value !== 'number' || !(value >= 0)) throw wrongArgument(path, 'a number of bytes', value)
  },
  idle: fieldsOf<IdleLimits>({ strangerMs: milliseconds, silentMs: milliseconds }),
  proxies: listOf(proxy),
  faults,
  onHandlerError: callback,
  platform,
})

/** @throws {LocalError} `argument`, naming the option that there is none of, or that has the wrong form. */
export function checkOptions(options: ServerOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw wrongArgument('the options of a server', 'an object', options)
  serverOptions(options, '')
}
