import { refuse } from './encode-refusal.js'
import type { Writer } from './writer.js'

/** A class some field holds without an id in front, as `vector<future_salt>` does. */
interface BareWritable {
  writeFields(w: Writer): void
}

/** The fields of one known constructor, without its id. */
export function writeBare<T extends BareWritable>(
  w: Writer,
  value: unknown,
  constructor: (abstract new (...args: never[]) => T) & { readonly className: string },
): void {
  if (!(value instanceof constructor)) refuse(constructor.className, value)
  w.enter()
  value.writeFields(w)
  w.leave()
}
