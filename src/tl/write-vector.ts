import { refuse } from './encode-refusal.js'
import { VECTOR_ID } from './ids.js'
import type { Writer } from './writer.js'

/** Writes one item. */
export type WriteItem = (w: Writer, value: unknown) => void

/** `Vector<type>` of boxed objects. */
export function writeObjects(w: Writer, value: unknown, type: string): void {
  const items = begin(w, value)
  for (let i = 0; i < items.length; i++) w.boxed(items[i], type)
  w.leave()
}

/** `Vector<T>` of anything else. */
export function writeVector(w: Writer, value: unknown, writeItem: WriteItem): void {
  writeItems(w, begin(w, value), writeItem)
}

/** `vector<T>`: a count and the items, without the vector id. */
export function writeBareVector(w: Writer, value: unknown, writeItem: WriteItem): void {
  writeItems(w, beginBare(w, value), writeItem)
}

/** The id and the count. The items follow; then `leave`. */
function begin(w: Writer, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) w.int(VECTOR_ID)
  return beginBare(w, value)
}

function beginBare(w: Writer, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) refuse('an array', value)
  w.int(value.length)
  w.enter()
  return value
}

function writeItems(w: Writer, items: readonly unknown[], writeItem: WriteItem): void {
  for (let i = 0; i < items.length; i++) writeItem(w, items[i])
  w.leave()
}
