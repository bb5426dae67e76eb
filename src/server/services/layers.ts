import * as Api from '../../../generated/api/index.js'
import { TlObject } from '../../tl/object.js'
import { legacyChannel, legacyMessage, legacyUser } from './legacy-forms.js'

/**
 * A result for a client of another layer: users, channels and messages, which differ in nearly every layer, take the
 * form that they have there, or one that has not changed for years (`userEmpty`). Nothing is changed in place.
 */
export function forLayer(value: unknown, layer: number): unknown {
  if (Array.isArray(value)) return mapped(value, layer)
  if (!(value instanceof TlObject)) return value
  if (value instanceof Api.User) return legacyUser(value, layer)
  if (value instanceof Api.Channel) return legacyChannel(value, layer)
  if (value instanceof Api.Message) return legacyMessage(value, layer)
  return withFieldsMapped(value, layer)
}

function mapped(values: readonly unknown[], layer: number): readonly unknown[] {
  let copy: unknown[] | undefined
  for (const [index, value] of values.entries()) {
    const other = forLayer(value, layer)
    if (other !== value) (copy ??= [...values])[index] = other
  }
  return copy ?? values
}

function withFieldsMapped(object: TlObject, layer: number): TlObject {
  let copy: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(object)) {
    const other = forLayer(value, layer)
    if (other === value) continue
    copy ??= Object.assign(Object.create(Object.getPrototypeOf(object) as object) as Record<string, unknown>, object)
    copy[name] = other
  }
  return copy === undefined ? object : (copy as unknown as TlObject)
}
