import type { Bytes } from '../bytes/bytes.js'
import type { Reader } from './reader.js'

/** `Vector<T>`; `itemSize` is the least that one item takes. */
export function readVector<T>(r: Reader, readItem: (r: Reader) => T, itemSize: number): T[] {
  return readItems(r, readItem, r.count(itemSize))
}

/** `vector<T>`: without the vector id. */
export function readBareVector<T>(r: Reader, readItem: (r: Reader) => T, itemSize: number): T[] {
  return readItems(r, readItem, r.count(itemSize, true))
}

function readItems<T>(r: Reader, readItem: (r: Reader) => T, count: number): T[] {
  const items: T[] = r.open([])
  for (let i = 0; i < count; i++) items.push(readItem(r))
  r.close(items)
  return items
}

export const readInt = (r: Reader): number => r.int()
export const readUint = (r: Reader): number => r.uint()
export const readBigint = (r: Reader): bigint => r.bigint()
export const readDouble = (r: Reader): number => r.double()
export const readBool = (r: Reader): boolean => r.bool()
export const readString = (r: Reader): string => r.string()
export const readBytes = (r: Reader): Bytes => r.byteString()
