/**
 * Definitions that clients built on tdlib's text carry, and that are no part of a layer: old constructors under new
 * names, shortened methods, and the simple config, which is not sent over the API. The numbers of most of these are not
 * the CRC-32 of their lines.
 */
const FOREIGN = new Set([
  'inputPeerPhotoFileLocationLegacy',
  'inputStickerSetThumbLegacy',
  'ipPort',
  'ipPortSecret',
  'accessPointRule',
  'help.configSimple',
  'test.useConfigSimple',
  'test.parseInputAppEvent',
])
/** A method without its query, under the number of the method. */
const PREFIX = /^invokeWith\w+Prefix$/

export const isForeignName = (name: string): boolean => FOREIGN.has(name) || PREFIX.test(name)
