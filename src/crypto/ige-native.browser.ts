/** Browsers have no synchronous native cipher: `undefined` says so. */
export function nativeIgeEncrypt(_data: Uint8Array, _key: Uint8Array, _iv: Uint8Array): Uint8Array | undefined {
  return undefined
}
