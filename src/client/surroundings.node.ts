import { release, type } from 'node:os'
import type { WireStyle } from './connection-kinds.js'

/** What `initConnection` says about the machine. */
export function deviceModel(): string {
  return type()
}

export function systemVersion(): string {
  return release()
}

/**
 * Without obfuscation: it hides nothing from those who look for it and costs a key stream. Padded, because lengths of
 * packets tell much about encrypted traffic, and because it allows quick acks, which the full framing does not. Its
 * missing checksum is no loss: TCP has one, and MTProto authenticates every packet.
 */
export const defaultWire: WireStyle = { framing: 'padded', obfuscated: false }
export const defaultCarrier: 'tcp' | 'websocket' = 'tcp'
/** Pages that came by https may open secure WebSockets only. */
export const secureByDefault: boolean = false
