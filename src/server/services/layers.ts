import * as Api from '../../../generated/api/index.js'
import { TlObject } from '../../tl/object.js'

/**
 * A result for a client of another layer: constructors that differ from layer to layer give way to those of the same
 * type that have not changed for years (`userEmpty`, `chatEmpty`, `messageEmpty`). Nothing is changed in place.
 */
export function forOtherLayer(value: unknown): unknown {
  if (Array.isArray(value)) return mapped(value)
  if (!(value instanceof TlObject)) return value
  if (value instanceof Api.User) return new Api.UserEmpty({ id: value.id })
  if (value instanceof Api.Channel) return new Api.ChatEmpty({ id: value.id })
  if (value instanceof Api.Message) return new Api.MessageEmpty({ id: value.id, peerId: value.peerId })
  return withFieldsMapped(value)
}

function mapped(values: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined
  for (const [index, value] of values.entries()) {
    const other = forOtherLayer(value)
    if (other !== value) (copy ??= [...values])[index] = other
  }
  return copy ?? values
}

function withFieldsMapped(object: TlObject): TlObject {
  let copy: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(object)) {
    const other = forOtherLayer(value)
    if (other === value) continue
    copy ??= Object.assign(Object.create(Object.getPrototypeOf(object) as object) as Record<string, unknown>, object)
    copy[name] = other
  }
  return copy === undefined ? object : (copy as unknown as TlObject)
}
