import type { Combinator } from '../ir/ir.js'
import { wrapWords } from './layout.js'

const WIDTH = 116
const SITE = 'https://core.telegram.org'
const CALLERS = { user: 'Users only, not bots.', bot: 'Bots only.', both: 'Users and bots.', unknown: '' } as const

/** What an editor shows for a class: its TL line, layer, who may call it, its errors, and the page about it. */
export function classComment(combinator: Combinator, layer: number | undefined): string[] {
  const lines = wrapWords(`\`${combinator.line}\``, WIDTH)
  if (layer === undefined) return [...lines, '', '@see https://core.telegram.org/mtproto']
  const facts = [`Layer ${layer}.`]
  if (combinator.kind === 'method') {
    facts.push(CALLERS[combinator.callableBy])
    const errors = combinator.errors.map(({ name, code }) => `${name} (${code})`)
    if (errors.length > 0) facts.push(`Raises ${errors.join(', ')}.`)
  }
  lines.push('', ...wrapWords(facts.filter((fact) => fact !== '').join(' '), WIDTH))
  const page = combinator.kind === 'method' ? 'method' : 'constructor'
  return [...lines, `@see ${SITE}/${page}/${combinator.tlName}`]
}

/** What an editor shows for the union of a type. */
export function typeComment(tlName: string, layer: number | undefined): string[] {
  return layer === undefined ? [`\`${tlName}\``] : [`\`${tlName}\`, layer ${layer}.`, `@see ${SITE}/type/${tlName}`]
}
