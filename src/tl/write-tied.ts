import { refusal } from './encode-refusal.js'
import type { Writer } from './writer.js'

/** The bit that three or more fields share: all of them are there, or none. `Writer.tied` is the one for two. */
export function tiedFields(w: Writer, mask: number, fields: Readonly<Record<string, unknown>>): number {
  const names = Object.keys(fields)
  const missing = names.filter((name) => fields[name] == null)
  if (missing.length === 0) return mask
  if (missing.length === names.length) return 0
  const given = names.filter((name) => !missing.includes(name)).join(', ')
  throw refusal(w.pathOf(missing[0]!), `${names.join(', ')} together, for they share one flag bit`, `${given} alone`)
}
