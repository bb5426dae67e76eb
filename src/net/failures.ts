import { LocalError, TransportError } from '../errors/errors.js'
import type { Address } from './link.js'

/** How an address is written in messages. */
export function describeAddress({ host, port, url }: Address): string {
  return url ?? `${host.includes(':') ? `[${host}]` : host}:${port}`
}

export function abortedError(address: Address): LocalError {
  return new LocalError('aborted', `the connection to ${describeAddress(address)} was given up by its caller`)
}

export function connectError(address: Address, cause: unknown): TransportError {
  return new TransportError('connect', `no connection to ${describeAddress(address)}: ${reason(cause)}`, {}, { cause })
}

export function closedError(cause: unknown): TransportError {
  return new TransportError('closed', `the connection broke: ${reason(cause)}`, {}, { cause })
}

/** The short text of whatever was thrown; failures of several addresses at once are listed. */
function reason(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reason).join(', ')
  if (!(cause instanceof Error)) return String(cause)
  return cause.message === '' ? ((cause as { code?: string }).code ?? cause.name) : cause.message
}
