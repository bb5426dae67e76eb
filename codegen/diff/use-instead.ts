import type { Combinator } from '../ir/ir.js'
import { splitName } from '../ir/names.js'
import { typeText } from '../ir/type-text.js'

/**
 * What a caller of a removed definition can turn to: one of the same kind and result that takes the same arguments, or
 * has the same name in another namespace. A method that moves often takes any peer where it took a channel, so those
 * count as equal. Whatever the order of the candidates, the answer is the same; where several have no more in common with
 * the removed one than their arguments, there is none.
 */
export function useInstead(removed: Combinator, candidates: readonly Combinator[]): string | undefined {
  const { local } = splitName(removed.tlName)
  const wanted = signature(removed)
  let best = { names: [] as string[], score: 1 }
  for (const candidate of candidates) {
    if (candidate.kind !== removed.kind || typeText(candidate.result) !== typeText(removed.result)) continue
    const sameName = splitName(candidate.tlName).local === local
    // Without arguments to compare, equal lists say nothing.
    const sameArguments = wanted !== '' && signature(candidate) === wanted
    const score = (sameName ? 2 : 0) + (sameArguments ? 1 : 0)
    if (score > best.score) best = { names: [], score }
    if (score === best.score) best.names.push(candidate.tlName)
  }
  return best.score === 1 && best.names.length > 1 ? undefined : best.names.sort()[0]
}

function signature(combinator: Combinator): string {
  return combinator.params
    .filter((param) => !param.isFlagWord)
    .map((param) => {
      const type = typeText(param.type)
      const peer = type === 'InputChannel' || type === 'InputPeer'
      return `${peer ? 'peer:InputPeer' : `${param.tlName}:${type}`}${param.flag === undefined ? '' : '?'}`
    })
    .sort()
    .join(' ')
}
