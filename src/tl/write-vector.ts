import type { PathStep } from './encode-refusal.js'
import type { Writer } from './writer.js'

/** Writes one item; `index` is its place in error paths. */
export type WriteItem = (w: Writer, value: unknown, index: PathStep) => void

/** `Vector<T>` of anything but boxed objects, which `Writer.vector` writes. */
export function writeVector(w: Writer, value: unknown, field: PathStep, writeItem: WriteItem): void {
  const items = w.items(value, field)
  for (let i = 0; i < items.length; i++) writeItem(w, items[i], i)
  w.leave()
}

/** `vector<T>`: a count and the items, without the vector id. */
export function writeBareVector(w: Writer, value: unknown, field: PathStep, writeItem: WriteItem): void {
  const items = w.items(value, field, true)
  for (let i = 0; i < items.length; i++) writeItem(w, items[i], i)
  w.leave()
}

export const writeInt: WriteItem = (w, value, index) => w.int(value, index)
export const writeUint: WriteItem = (w, value, index) => w.uint(value, index)
export const writeLong: WriteItem = (w, value, index) => w.long(value, index)
export const writeDouble: WriteItem = (w, value, index) => w.double(value, index)
export const writeBool: WriteItem = (w, value, index) => w.bool(value, index)
export const writeString: WriteItem = (w, value, index) => w.string(value, index)
export const writeBytes: WriteItem = (w, value, index) => w.bytes(value, index)
