import type { WireStyle } from './connection-kinds.js'

interface Page {
  readonly navigator?: { readonly userAgent?: string }
  readonly location?: { readonly protocol?: string }
}

const page = globalThis as Page

/** What `initConnection` says about the machine. */
export function deviceModel(): string {
  return page.navigator?.userAgent ?? 'Browser'
}

export function systemVersion(): string {
  return '1.0'
}

/** WebSocket endpoints take obfuscated connections only (core.telegram.org/mtproto/transports#websocket). */
export const defaultWire: WireStyle = { framing: 'padded', obfuscated: true }
export const defaultCarrier: 'tcp' | 'websocket' = 'websocket'
/** Pages that came by https may open secure WebSockets only. */
export const secureByDefault: boolean = page.location?.protocol === 'https:'
