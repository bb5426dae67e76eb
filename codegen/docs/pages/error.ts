import type { ErrorFact } from '../../ir/ir.js'
import { errorTitle, pagePath } from '../catalog.js'
import { codeReference, plainText, strong, text } from '../model/inline.js'
import { paragraph, type Block, type Page, type Section } from '../model/page.js'
import type { PageContext } from './context.js'
import { fileName, listPages, type ListPage } from './lists.js'
import { HOME } from './trail.js'

/** One error: what it means, what to do about it, and which methods raise it; the last may need pages of their own. */
export function errorPages({ catalog, packageName }: PageContext, error: ErrorFact): Page[] {
  const subject = { kind: 'error', name: error.name } as const
  const title = errorTitle(error)
  const sentences = catalog.describe(subject)
  const { advice, retry } = catalog.advice.about(error.name, error.code)
  const path = pagePath(subject)
  const lists = listPages(
    catalog.raising(error.name).map(({ tlName }) => tlName),
    (tlName) => codeReference('method', tlName),
  )
  const lead: Block[] = sentences.length > 0 ? [paragraph(...sentences)] : []
  lead.push(paragraph(strong(text(String(error.code))), text(` ${catalog.advice.meaning(error.code)}.`)))
  const sections: Section[] = [
    {
      id: 'advice',
      title: 'What to do',
      blocks: [paragraph(text(advice)), paragraph(text('Send again: '), strong(text(retry)), text('.'))],
    },
    {
      id: 'catch',
      title: 'In a program',
      blocks: [{ kind: 'code', language: 'ts', source: handler(packageName, error) }],
    },
    { id: 'methods', title: 'Methods that raise it', blocks: methodBlocks(error, path, lists) },
  ]
  const page: Page = {
    path,
    title,
    kicker: `Error ${error.code}`,
    summary: plainText(sentences) || `${title}: ${catalog.advice.meaning(error.code)}.`,
    trail: [HOME, { label: 'Errors', path: 'errors' }],
    lead,
    sections,
  }
  if (lists.length < 2) return [page]
  const parts = lists.map(({ range, block }): Page => ({
    path: `${path}-${fileName(range)}`,
    title: `${title}: methods ${range}`,
    kicker: page.kicker,
    summary: `Methods ${range} that raise ${title}.`,
    trail: [...page.trail, { label: title, path }],
    lead: [],
    sections: [{ id: 'methods', title: 'Methods that raise it', blocks: [block] }],
  }))
  return [page, ...parts]
}

function methodBlocks(error: ErrorFact, path: string, lists: readonly ListPage[]): Block[] {
  const cards = lists.map(({ range, count }) => ({
    title: `Methods ${range}`,
    path: `${path}-${fileName(range)}`,
    detail: `${count} methods`,
  }))
  const blocks: Block[] = lists.length > 1 ? [{ kind: 'cards', cards }] : lists.map(({ block }) => block)
  if (error.general || lists.length === 0) blocks.unshift(paragraph(text('Any call can end with it.')))
  return blocks
}

/** How a caller tells this error from others; the number inside its name is `argument`. */
function handler(packageName: string, { name, argument }: ErrorFact): string {
  const words = name.split('_')
  const type = words.filter((word) => word !== '%d' && word !== '%s').join('_')
  // A number that is glued to its unit (`WAIT_%dMIN`) stays part of the type, so only the beginning can be compared.
  const glued = type.indexOf('%')
  const other =
    glued === -1
      ? `!isRpcError(error, '${type}')`
      : `!isRpcError(error) || !error.type.startsWith('${type.slice(0, glued)}')`
  const number = argument === undefined ? 'the number in its name' : argument.replaceAll('_', ' ')
  const print =
    type === name ? 'console.log(error.code); // prints the code' : `console.log(error.argument); // prints ${number}`
  return [
    `import {isRpcError} from '${packageName}/errors';`,
    '',
    'try {',
    '    await client.invoke(request);',
    '} catch (error) {',
    `    if (${other}) throw error;`,
    `    ${print}`,
    '}',
  ].join('\n')
}
