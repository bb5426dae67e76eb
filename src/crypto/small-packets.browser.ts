/** In browsers a packet is on its way for longer than any hash takes, and every kilobyte of a module has to come first. */
export function sealSmall(_authKey: Uint8Array, _packet: Uint8Array, _x: 0 | 8): boolean {
  return false
}

export function openSmall(
  _authKey: Uint8Array,
  _packet: Uint8Array,
  _x: 0 | 8,
  _target: Uint8Array,
): boolean | undefined {
  return undefined
}
