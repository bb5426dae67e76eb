import type { Combinator, Constructor } from '../ir/ir.js'

/** Boxed types whose objects also stand for an `InputPeer`, with the prefix of their constructors. */
const SOURCES: Readonly<Record<string, string>> = { InputUser: 'inputUser', InputChannel: 'inputChannel' }
const TARGET = 'InputPeer'

/**
 * Constructors of `InputUser` and `InputChannel` that are an `InputPeer` in all but the id: `inputUser` and
 * `inputPeerUser` have the same fields, and so have `inputUserSelf` and `inputPeerSelf`. By the names and the fields,
 * so that a new form needs no entry anywhere.
 */
export function peerForms(combinators: readonly Combinator[]): ReadonlyMap<string, Constructor> {
  const targets = new Map<string, Constructor>()
  for (const combinator of combinators) {
    if (combinator.kind === 'constructor' && combinator.type === TARGET) targets.set(combinator.tlName, combinator)
  }
  const forms = new Map<string, Constructor>()
  for (const combinator of combinators) {
    const prefix = combinator.kind === 'constructor' ? SOURCES[combinator.type] : undefined
    if (prefix === undefined || !combinator.tlName.startsWith(prefix)) continue
    const suffix = combinator.tlName.slice(prefix.length)
    const target = targets.get(`${prefix.replace('input', 'inputPeer')}${suffix}`) ?? targets.get(`inputPeer${suffix}`)
    if (target !== undefined && fieldsOf(target) === fieldsOf(combinator)) forms.set(combinator.tlName, target)
  }
  return forms
}

const fieldsOf = (combinator: Combinator): string => JSON.stringify(combinator.params.map(({ tlName, type }) => [tlName, type]))
