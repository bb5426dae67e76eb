import type { PathStep } from './encode-refusal.js'

/**
 * Stands for an object while it writes itself, and watches which fields it and the objects inside it are asked for.
 * `path` becomes the way to the value that was asked for last: names of properties, and indices; `asked` the names and
 * indices that were asked for last, in that order. Where a value lies is wanted rarely, when it is refused or has to be
 * replaced; found this way it costs nothing while it is not wanted: no names in the generated code, and nothing to
 * remember while writing.
 */
export function watch<T extends object>(value: T, path: PathStep[], asked: PathStep[] = [], depth = 0): T {
  // Not a proxy of the value itself, which would have to show the fields of a frozen one as they are.
  const like = (Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value) as object)) as T
  return new Proxy(like, {
    get(_, key) {
      const item = value[key as keyof T] as { write?: unknown } | null | undefined
      // What the class has is no field, nor is the length of an array.
      if (typeof key === 'symbol' || key in like) return item
      const step = Array.isArray(value) ? Number(key) : key
      path.length = depth
      path.push(step)
      asked.push(step)
      // Objects that write themselves, and vectors of them.
      return Array.isArray(item) || item?.write ? watch(item, path, asked, depth + 1) : item
    },
  })
}
