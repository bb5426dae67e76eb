/**
 * TL names to TypeScript identifiers, in one place. An underscore is dropped and the letter after it raised; letters
 * that are already capital stay: `req_DH_params` becomes `ReqDHParams`, `p_q_inner_data_dc` `PQInnerDataDc`.
 */

export interface SplitName {
  /** `''` for the root. */
  readonly namespace: string
  readonly local: string
}

export function splitName(tlName: string): SplitName {
  const dot = tlName.indexOf('.')
  return { namespace: tlName.slice(0, Math.max(0, dot)), local: tlName.slice(dot + 1) }
}

/** `getExportedChatInvites` to `GetExportedChatInvites` */
export const pascalCase = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()).replaceAll('_', '')

/** `offset_date` to `offsetDate` */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

export const className = (tlName: string): string => pascalCase(splitName(tlName).local)

/** `messages.Chats` to `TypeChats` */
export const typeIdentifier = (tlName: string): string => `Type${pascalCase(splitName(tlName).local)}`

export const qualify = (namespace: string, identifier: string): string =>
  namespace === '' ? identifier : `${namespace}.${identifier}`

/** A name whose last part starts with a capital names a type, otherwise a constructor, a method or a primitive. */
export const isTypeName = (tlName: string): boolean => /^[A-Z]/.test(splitName(tlName).local)
