import { formatId } from '../text/printer.js'
import { isForeignName } from './foreign.js'
import type { PackageArgument, PackageEntry, PackageModifiers } from './package-schema.js'

/** Entries that are no part of a layer: the package's own updates and peers (`mtcute.*`), and what it has from tdlib. */
export const isForeign = ({ name }: PackageEntry): boolean => name.startsWith('mtcute.') || isForeignName(name)

/** The package calls every service definition a class. These are the calls, which have an answer. */
const SERVICE_METHODS = new Set([
  'req_pq_multi',
  'req_DH_params',
  'set_client_DH_params',
  'rpc_drop_answer',
  'get_future_salts',
  'ping',
  'ping_delay_disconnect',
  'destroy_session',
  'destroy_auth_key',
])

export const isMethod = (entry: PackageEntry): boolean =>
  entry.kind === 'method' || (entry.name.startsWith('mt_') && SERVICE_METHODS.has(plainName(entry.name)))

/** The TL line that an entry was made from. The package writes some longs as `int53` and service names as `mt_x`. */
export function entryLine(entry: PackageEntry): string {
  const generics = (entry.generics ?? []).map((variable) => ` {${variable.name}:Type}`).join('')
  const fields = entry.arguments.map((argument) => ` ${field(argument)}`).join('')
  const head = `${plainName(entry.name)}#${formatId(entry.id)}`
  return `${head}${generics}${fields} = ${wrap(entry.type, entry.typeModifiers)};`
}

export const plainName = (name: string): string => name.replace(/^mt_/, '')

function field({ name, type, typeModifiers }: PackageArgument): string {
  const condition = typeModifiers?.predicate === undefined ? '' : `${typeModifiers.predicate}?`
  return `${name}:${condition}${wrap(type, typeModifiers)}`
}

function wrap(type: string, modifiers: PackageModifiers | undefined): string {
  const plain = type === 'int53' ? 'long' : plainName(type)
  if (modifiers?.isBareVector === true) return `vector<${plain}>`
  return modifiers?.isVector === true ? `Vector<${plain}>` : plain
}
