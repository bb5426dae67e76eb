import type { Combinator, Param, TypeRef } from '../../ir/ir.js'
import { code, reference, strong, text, type Inline } from '../model/inline.js'

/** A type as TL writes it, each name linked: `Vector<InputUser>`. */
export function typeInlines(type: TypeRef): Inline[] {
  switch (type.kind) {
    case 'primitive':
      return [reference('type', type.name)]
    case 'boxed':
      return [reference('type', type.type)]
    case 'bare':
      return [reference('constructor', type.combinator, `%${type.combinator}`)]
    case 'vector':
      return [
        reference('type', 'Vector', type.bare ? 'vector' : 'Vector'),
        text('<'),
        ...typeInlines(type.item),
        text('>'),
      ]
    case 'generic':
      return [code(type.query ? `!${type.name}` : type.name)]
    case 'object':
      return [code('Object')]
  }
}

/** `flags.3?true`, with the word and the bit in front of a conditional type. */
export function fieldTypeInlines({ flag, type }: Param): Inline[] {
  if (flag === undefined) return typeInlines(type)
  return [code(`${flag.word}.${flag.bit}?`), ...typeInlines(type)]
}

/** Fields in one line, as they stand in the class: `count: int, invites: Vector<ExportedChatInvite>`. */
export function fieldList({ params }: Combinator, limit: number = Number.POSITIVE_INFINITY): Inline[] {
  const fields = params.filter(({ isFlagWord }) => !isFlagWord)
  if (fields.length === 0) return [text('no fields')]
  const shown = fields.slice(0, limit)
  const rest = fields.length - shown.length
  const inlines = shown.flatMap(({ name, type, flag }, index): Inline[] => [
    ...(index === 0 ? [] : [text(', ')]),
    strong(text(name)),
    text(flag === undefined ? ': ' : '?: '),
    ...typeInlines(type),
  ])
  return rest > 0 ? [...inlines, text(`, and ${rest} more`)] : inlines
}

/** As TypeScript writes the type of a value that comes out: `Api.messages.TypeExportedChatInvites`. */
export function typescriptType(
  type: TypeRef,
  qualifiedType: (tlName: string) => string | undefined,
): string | undefined {
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVES[type.name]
    case 'boxed': {
      const name = qualifiedType(type.type)
      return name === undefined ? undefined : `Api.${name}`
    }
    case 'vector': {
      const item = typescriptType(type.item, qualifiedType)
      return item === undefined ? undefined : `${item}[]`
    }
    default:
      return undefined
  }
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  int: 'number',
  long: 'Api.long',
  double: 'number',
  string: 'string',
  Bool: 'boolean',
  true: 'boolean',
}
