import type { Writer } from './writer.js'

/** Writes one item. */
export type WriteItem = (w: Writer, value: unknown) => void

/** `Vector<type>` of boxed objects. */
export function writeObjects(w: Writer, value: unknown, type: string): void {
  const items = w.items(value)
  for (let i = 0; i < items.length; i++) w.boxed(items[i], type)
  w.leave()
}

/** `Vector<T>` of anything else. */
export function writeVector(w: Writer, value: unknown, writeItem: WriteItem): void {
  writeItems(w, w.items(value), writeItem)
}

/** `vector<T>`: a count and the items, without the vector id. */
export function writeBareVector(w: Writer, value: unknown, writeItem: WriteItem): void {
  writeItems(w, w.items(value, true), writeItem)
}

function writeItems(w: Writer, items: readonly unknown[], writeItem: WriteItem): void {
  for (let i = 0; i < items.length; i++) writeItem(w, items[i])
  w.leave()
}
