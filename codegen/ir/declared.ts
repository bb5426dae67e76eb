import type { DefinitionNode } from '../text/ast.js'
import type { DiagnosticList } from '../text/diagnostic.js'
import type { SourceText } from '../text/source.js'
import { formatId } from '../text/printer.js'
import { computedId } from '../text/constructor-id.js'
import { ANY_OBJECT } from './builtin.js'

/** A definition with the text it came from and the number that it goes by. */
export interface Declared {
  readonly node: DefinitionNode
  readonly source: SourceText
  readonly id: number
  readonly crcVerified: boolean
}

/** What can be referred to by name. */
export interface Scope {
  readonly constructors: ReadonlyMap<string, Declared>
  readonly methods: ReadonlyMap<string, Declared>
  /** Boxed types with their constructors, in order of appearance. */
  readonly types: ReadonlyMap<string, readonly Declared[]>
}

/** What becomes of a number that is not the CRC-32 of its line; the names listed keep theirs, even a taken one. */
export interface CrcPolicy {
  readonly mismatch: 'error' | 'warning'
  readonly accepted: ReadonlySet<string>
}

export function numbered(
  node: DefinitionNode,
  source: SourceText,
  policy: CrcPolicy,
  diagnostics: DiagnosticList,
): Declared {
  const computed = computedId(node)
  if (node.id === undefined) return { node, source, id: computed, crcVerified: true }
  const { value, span } = node.id
  if (value !== computed && !policy.accepted.has(node.name.text)) {
    const message = `wrong number: the line has #${formatId(value)}, its CRC-32 is #${formatId(computed)}`
    diagnostics.add('wrong-crc', source, span, message, policy.mismatch)
  }
  return { node, source, id: value, crcVerified: value === computed }
}

/** Collects the names of all definitions and reports the ones that are taken already. */
export function declare(all: readonly Declared[], policy: CrcPolicy, diagnostics: DiagnosticList): Scope {
  const constructors = new Map<string, Declared>()
  const methods = new Map<string, Declared>()
  const types = new Map<string, Declared[]>()
  const byId = new Map<number, Declared>()
  for (const declared of all) {
    const { node, source, id } = declared
    const names = node.section === 'types' ? constructors : methods
    const kind = node.section === 'types' ? 'constructor' : 'method'
    const namesake = names.get(node.name.text)
    if (namesake === undefined) {
      names.set(node.name.text, declared)
    } else {
      const message = `duplicate ${kind} '${node.name.text}', first defined in ${namesake.source.name}`
      diagnostics.add('duplicate-name', source, node.name.span, message)
      continue
    }
    const twin = byId.get(id)
    if (twin === undefined) {
      byId.set(id, declared)
    } else if (!policy.accepted.has(node.name.text) && !policy.accepted.has(twin.node.name.text)) {
      const message = `duplicate number #${formatId(id)}, already that of '${twin.node.name.text}'`
      diagnostics.add('duplicate-id', source, node.id?.span ?? node.name.span, message)
    }
    const { result } = node
    if (node.section === 'types' && result.kind === 'name' && result.name !== ANY_OBJECT) {
      const members = types.get(result.name)
      if (members === undefined) types.set(result.name, [declared])
      else members.push(declared)
    }
  }
  return { constructors, methods, types }
}
