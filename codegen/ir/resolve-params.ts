import type { DefinitionNode, FieldNode } from '../text/ast.js'
import type { DiagnosticList } from '../text/diagnostic.js'
import type { SourceText } from '../text/source.js'
import { didYouMean } from '../text/suggest.js'
import type { FlagBit, FlagRef, FlagWord, Param } from './ir.js'
import { camelCase } from './names.js'
import type { TypeResolver } from './resolve-type.js'

const WORD_BITS = 32

export interface ResolvedParams {
  readonly params: readonly Param[]
  readonly flagWords: readonly FlagWord[]
}

/** The fields of a definition with their types and flags; what is wrong with them is reported. */
export function resolveParams(
  definition: DefinitionNode,
  source: SourceText,
  types: TypeResolver,
  diagnostics: DiagnosticList,
): ResolvedParams {
  const fields: FieldNode[] = []
  for (const param of definition.params) {
    if (param.kind === 'field') fields.push(param)
    else diagnostics.add('wrong-type-use', source, param.span, 'only the built-in types have fields without names')
  }
  const usedWords = new Set(fields.map((field) => field.condition?.word))
  const params: Param[] = []
  fields.forEach((field, index) => {
    if (fields.findIndex((other) => other.name.text === field.name.text) < index) {
      diagnostics.add('duplicate-field', source, field.name.span, `duplicate field '${field.name.text}'`)
      return
    }
    const flag = resolveFlag(field, index, fields, source, diagnostics)
    const type = types.resolve(field.type, definition, source)
    if (type === undefined) return
    if (type.kind === 'generic' && (!type.query || definition.section === 'types')) {
      const message = `only a method carries a call, and writes it '!${type.name}'`
      diagnostics.add('wrong-type-use', source, field.type.span, message)
      return
    }
    const tlName = field.name.text
    const isFlagWord = field.type.kind === 'nat' && (usedWords.has(tlName) || /^flags\d*$/.test(tlName))
    params.push({ tlName, name: camelCase(tlName), type, ...(flag !== undefined && { flag }), isFlagWord })
  })
  reportUncarried(definition, source, diagnostics)
  return { params, flagWords: groupFlags(params) }
}

/** A type variable stands for the answer of a call, so that some field has to carry that call. */
function reportUncarried({ generics, params }: DefinitionNode, source: SourceText, diagnostics: DiagnosticList): void {
  const calls = params.flatMap((param) => (param.kind === 'field' && param.type.kind === 'query' ? [param.type.name] : []))
  const isMistyped = calls.some((call) => !generics.some((variable) => variable.text === call))
  if (isMistyped) return
  for (const { text, span } of generics) {
    if (calls.includes(text)) continue
    diagnostics.add('wrong-type-use', source, span, `nothing says what '${text}' is: a field has to carry a call, '!${text}'`)
  }
}

function resolveFlag(
  field: FieldNode,
  index: number,
  fields: readonly FieldNode[],
  source: SourceText,
  diagnostics: DiagnosticList,
): FlagRef | undefined {
  const { condition, type } = field
  const name = field.name.text
  if (condition === undefined) {
    if (type.kind === 'name' && type.name === 'true') {
      const message = `'${name}:true' is either there or not, and no flag says which: write '${name}:flags.0?true'`
      diagnostics.add('optional-without-flag', source, field.span, message)
    }
    return undefined
  }
  const { word, bit, span } = condition
  if (word === undefined || bit === undefined) {
    const message = `'${name}' is optional without a flag: write a flag word and a bit, as in 'flags.0?'`
    diagnostics.add('optional-without-flag', source, span, message)
    return undefined
  }
  const wordIndex = fields.findIndex((candidate) => candidate.name.text === word)
  const wordField = fields[wordIndex]
  if (wordField === undefined) {
    const words = fields.filter((candidate) => candidate.type.kind === 'nat').map((candidate) => candidate.name.text)
    const hint = words.length === 0 ? ', the definition has none' : didYouMean(word, words)
    diagnostics.add('unknown-flag-word', source, span, `'${name}' refers to an unknown flag word '${word}'${hint}`)
    return undefined
  }
  if (wordField.type.kind !== 'nat') {
    const message = `'${name}' refers to '${word}', which is no flag word: its type is not #`
    diagnostics.add('unknown-flag-word', source, span, message)
    return undefined
  }
  if (wordIndex >= index) {
    const message = `'${name}' stands before its flag word '${word}', so a reader cannot know whether it is there`
    diagnostics.add('flag-before-word', source, span, message)
    return undefined
  }
  if (bit >= WORD_BITS) {
    const message = `bit ${bit} of '${word}' does not exist, the highest is ${WORD_BITS - 1}`
    diagnostics.add('flag-bit-range', source, span, message)
    return undefined
  }
  return { word, bit }
}

function groupFlags(params: readonly Param[]): FlagWord[] {
  return params
    .filter((param) => param.isFlagWord)
    .map((word) => {
      const bits = new Map<number, string[]>()
      for (const { name, flag } of params) {
        if (flag?.word !== word.tlName) continue
        const fields = bits.get(flag.bit)
        if (fields === undefined) bits.set(flag.bit, [name])
        else fields.push(name)
      }
      const sorted = [...bits]
        .sort(([a], [b]) => a - b)
        .map(([bit, fields]): FlagBit => ({ bit, fields, tied: fields.length > 1 }))
      return { tlName: word.tlName, name: word.name, bits: sorted }
    })
}
