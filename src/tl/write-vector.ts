import type { PathStep } from './encode-refusal.js'
import type { Writer } from './writer.js'

/** Writes one item; `index` is its place in error paths. */
export type WriteItem = (w: Writer, value: unknown, index: PathStep) => void

/** `Vector<type>` of boxed objects. */
export function writeObjects(w: Writer, value: unknown, type: string, field: PathStep): void {
  const items = w.items(value, field)
  for (let i = 0; i < items.length; i++) w.boxed(items[i], type, i)
  w.leave()
}

/** `Vector<T>` of anything else. */
export function writeVector(w: Writer, value: unknown, field: PathStep, writeItem: WriteItem): void {
  writeItems(w, w.items(value, field), writeItem)
}

/** `vector<T>`: a count and the items, without the vector id. */
export function writeBareVector(w: Writer, value: unknown, field: PathStep, writeItem: WriteItem): void {
  writeItems(w, w.items(value, field, true), writeItem)
}

function writeItems(w: Writer, items: readonly unknown[], writeItem: WriteItem): void {
  for (let i = 0; i < items.length; i++) writeItem(w, items[i], i)
  w.leave()
}
