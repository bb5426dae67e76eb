import type { Combinator, Param, TypeRef } from '../ir/ir.js'
import { paramText, typeText } from '../ir/type-text.js'
import { formatId } from '../text/printer.js'
import type { BreakLevel, Change, ChangeKind } from './change.js'

/** Who meets the definition: callers write it, readers take it apart. Methods are written. */
export interface Reach {
  readonly written: boolean
  readonly read: boolean
}

/** Every difference between the two states of one definition. */
export function compareCombinators(before: Combinator, after: Combinator, reach: Reach): Change[] {
  const changes: Change[] = []
  const name = after.tlName
  const add = (kind: ChangeKind, breaks: readonly (BreakLevel | false)[], detail: Partial<Change> = {}): void => {
    changes.push({ kind, name, breaks: breaks.filter((level) => level !== false), ...detail })
  }
  const [was, is] = [typeText(before.result), typeText(after.result)]
  const differs = !sameInCode(before.result, after.result)
  if (was !== is) add('RESULT_CHANGED', [differs && 'SOURCE', 'WIRE'], { before: was, after: is })
  if (before.id !== after.id) {
    add('ID_CHANGED', ['WIRE'], { before: `#${formatId(before.id)}`, after: `#${formatId(after.id)}` })
  }
  compareFields(before, after, reach, add)
  if (before.kind === 'method' && after.kind === 'method') compareFacts(before, after, add)
  return changes
}

type Add = (kind: ChangeKind, breaks: readonly (BreakLevel | false)[], detail?: Partial<Change>) => void

function compareFields(before: Combinator, after: Combinator, reach: Reach, add: Add): void {
  const whenWritten = reach.written && 'SOURCE'
  const whenRead = reach.read && 'SOURCE'
  const old = new Map(before.params.map((param) => [param.tlName, param]))
  const current = new Map(after.params.map((param) => [param.tlName, param]))
  for (const param of before.params) {
    if (current.has(param.tlName)) continue
    const detail = { field: param.tlName, before: paramText(param) }
    if (param.isFlagWord) add('FLAGS_REMOVED', ['WIRE'], detail)
    else add('ARG_REMOVED', ['SOURCE', 'WIRE'], detail)
  }
  for (const param of after.params) {
    const field = param.tlName
    const former = old.get(field)
    if (former !== undefined) {
      const whenTied = isNewlyTied(param, after, old) && whenWritten
      compareField(former, param, { whenWritten, whenRead, whenTied }, add)
    } else if (param.isFlagWord) {
      add('FLAGS_ADDED', [], { field, after: paramText(param) })
    } else if (param.flag === undefined) {
      add('ARG_ADDED_REQUIRED', [whenWritten], { field, after: paramText(param) })
    } else {
      const tied = tiedToOld(param, after, old)
      add(tied ? 'ARG_TIED' : 'ARG_ADDED_OPTIONAL', [tied && whenWritten], { field, after: paramText(param) })
    }
  }
  const kept = (from: Combinator, other: ReadonlyMap<string, Param>): string =>
    from.params.flatMap((param) => (other.has(param.tlName) ? [param.tlName] : [])).join()
  if (kept(before, current) !== kept(after, old)) add('ARG_MOVED', ['WIRE'])
}

/** Does a field that was there before hang on the same bit? */
function tiedToOld(param: Param, after: Combinator, old: ReadonlyMap<string, Param>): boolean {
  return after.params.some((other) => other !== param && old.has(other.tlName) && sameBit(other, param))
}

/** Does a kept field now hang on one bit with another that it was independent of? Then one alone compiles no longer. */
function isNewlyTied(param: Param, after: Combinator, old: ReadonlyMap<string, Param>): boolean {
  const before = old.get(param.tlName)!
  if (param.flag === undefined) return false
  return after.params.some((other) => {
    const former = old.get(other.tlName)
    return other !== param && former !== undefined && sameBit(other, param) && !sameBit(former, before)
  })
}

const sameBit = (a: Param, b: Param): boolean => a.flag?.word === b.flag?.word && a.flag?.bit === b.flag?.bit

/** Whether both are the same in TypeScript: an array is, with the id of vectors before it or without. */
function sameInCode(before: TypeRef, after: TypeRef): boolean {
  if (before.kind === 'vector' && after.kind === 'vector') return sameInCode(before.item, after.item)
  return typeText(before) === typeText(after)
}

type Levels = Readonly<Record<'whenWritten' | 'whenRead' | 'whenTied', false | 'SOURCE'>>

function compareField(before: Param, after: Param, { whenWritten, whenRead, whenTied }: Levels, add: Add): void {
  const detail = { field: after.tlName, before: paramText(before), after: paramText(after) }
  const same = sameInCode(before.type, after.type)
  if (typeText(before.type) !== typeText(after.type)) add('ARG_TYPE_CHANGED', [!same && 'SOURCE', 'WIRE'], detail)
  if (!same) return
  if (before.flag === undefined && after.flag !== undefined) add('REQUIRED_TO_OPTIONAL', [whenRead || whenTied], detail)
  else if (before.flag !== undefined && after.flag === undefined) add('OPTIONAL_TO_REQUIRED', [whenWritten], detail)
  else if (!sameBit(before, after)) add('ARG_BIT_CHANGED', [whenTied, 'WIRE'], detail)
}

function compareFacts(before: Combinator & { kind: 'method' }, after: Combinator & { kind: 'method' }, add: Add): void {
  if (before.callableBy !== after.callableBy) {
    add('CALLABLE_CHANGED', ['DOCS'], { before: before.callableBy, after: after.callableBy })
  }
  const names = (method: typeof before): string[] => method.errors.map((error) => error.name)
  const gone = names(before).filter((name) => !names(after).includes(name))
  const added = names(after).filter((name) => !names(before).includes(name))
  if (gone.length + added.length === 0) return
  add('ERRORS_CHANGED', ['DOCS'], { before: gone.join(' '), after: added.join(' ') })
}
