/** In browsers memory is left to the garbage collector: what has been sent may still be with the WebSocket. */
export function dispose(_bytes: Uint8Array): void {}
