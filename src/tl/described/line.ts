import { snakeCase, tlName } from '../encode-refusal.js'
import { crc32 } from './crc32.js'
import type { Field, FieldType } from './fields.js'

/** As TL writes a type in a line. */
export const textOf = (type: FieldType): string => (typeof type === 'string' ? type : type.text)

/**
 * The id of a constructor: the CRC-32 of its line, in which fields of type `true` do not count and `bytes` reads `string`.
 * @see https://core.telegram.org/mtproto/TL-formal#constructor-identifiers
 */
export function computeId(className: string, fields: readonly Field[], type: string): number {
  const words: string[] = []
  let text = ''
  for (const { name, type: own, bit } of fields) {
    if (own !== undefined) {
      const condition = bit === undefined ? '' : `${words[bit >> 5]}.${bit & 31}?`
      text += ` ${snakeCase(name)}:${condition}${textOf(own).replace(/^bytes/, 'string')}`
    } else if (bit === undefined) {
      words.push(name)
      text += ` ${name}:#`
    }
  }
  return crc32(`${tlName(className)}${text} = ${type}`)
}
