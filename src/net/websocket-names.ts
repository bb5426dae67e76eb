import type { Address } from './link.js'

/** The subprotocol that Telegram's WebSocket servers ask for. @see https://core.telegram.org/mtproto/transports#websocket */
export const SUBPROTOCOL = 'binary'

/** The paths of the production and test servers. */
export const WEBSOCKET_PATHS: ReadonlySet<string> = new Set(['/apiws', '/apiws_test', '/apiws_premium', '/apiws_test_premium'])

export function webSocketUrl({ host, port, url }: Address): string {
  return url ?? `ws://${host.includes(':') ? `[${host}]` : host}:${port}/apiws`
}
