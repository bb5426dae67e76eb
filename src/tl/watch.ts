import type { PathStep } from './encode-refusal.js'

/** An object that is watched while it writes itself. */
export interface Watch<T> {
  /** Stands for the object. */
  readonly watched: T
  /** The way to the value that it was asked for last: names of properties, and indices. */
  readonly path: readonly PathStep[]
  /** The names and indices that it was asked for last, in that order. */
  readonly asked: readonly PathStep[]
}

/** More fields than share a flag bit anywhere. */
const REMEMBERED = 32

/**
 * Watches which fields an object and the objects inside it are asked for. Where a value lies is wanted rarely, when it
 * is refused or has to be replaced; found this way it costs nothing while it is not wanted: no names in the generated
 * code, and nothing to remember while writing.
 */
export function watch<T extends object>(root: T): Watch<T> {
  const path: PathStep[] = []
  const asked: PathStep[] = []
  const standIn = <Inner extends object>(value: Inner, depth: number): Inner => {
    const isArray = Array.isArray(value)
    const prototype = Object.getPrototypeOf(value) as object
    // Not a proxy of the value itself, which would have to show the fields of a frozen one as they are.
    return new Proxy((isArray ? [] : Object.create(prototype)) as Inner, {
      get(_, key) {
        const item: unknown = Reflect.get(value, key)
        // The length of an array is no field either: its prototype has one too.
        if (typeof key === 'symbol' || key in prototype) return item
        const step = isArray ? Number(key) : key
        path.splice(depth, path.length, step)
        if (asked.push(step) > REMEMBERED) asked.shift()
        return isWatched(item) ? standIn(item, depth + 1) : item
      },
    })
  }
  return { watched: standIn(root, 0), path, asked }
}

/** Objects that write themselves, and vectors of them. */
function isWatched(item: unknown): item is object {
  return Array.isArray(item) || typeof (item as { write?: unknown } | null | undefined)?.write === 'function'
}
