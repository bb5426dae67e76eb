import type { CallableBy, Method, TypeRef } from '../../ir/ir.js'
import { errorTitle, typeName } from '../catalog.js'
import { javascriptProgram, typescriptProgram } from '../example/program.js'
import { codeReference, text, type Inline } from '../model/inline.js'
import { paragraph, type Block, type Page, type Section } from '../model/page.js'
import { isBuiltin } from '../source/builtins.js'
import type { PageContext } from './context.js'
import {
  bytesSection,
  definitionHead,
  describedTable,
  exampleSection,
  flagSection,
  historySection,
  parameterSection,
  relatedSection,
  tlSection,
} from './definition-sections.js'
import { typeInlines, typescriptType } from './types.js'
import { constructorTable, usageSections } from './usage-sections.js'

/** Everything about one method: first what the archived reference had, in its order, then what the schema adds. */
export function methodPage(context: PageContext, method: Method): Page {
  const { catalog, examples, packageName } = context
  const request = examples.object(method)
  const options = {
    packageName,
    indent: 4,
    emptyBraces: false,
    resultType: typescriptType(method.result, (name) => catalog.index.types.get(name)?.qualifiedName),
  }
  const resultType = typeName(method.result)
  return {
    ...definitionHead(context, method, 'Method'),
    sections: [
      exampleSection(javascriptProgram(request, options), typescriptProgram(request, options)),
      parameterSection(context, method, 'Parameters'),
      { id: 'result', title: 'Result', blocks: [paragraph(...typeInlines(method.result))] },
      errorSection(context, method),
      {
        id: 'bots',
        title: 'Can bots use this method?',
        blocks: [paragraph(text(callableSentence(method.callableBy, catalog.layer)))],
      },
      ...relatedSection(context, method, 'method'),
      tlSection(method),
      ...flagSection(method, request),
      bytesSection(request),
      ...resultSections(context, method.result, resultType),
      ...historySection(context, method.tlName),
    ],
  }
}

function resultSections(context: PageContext, result: TypeRef, name: string | undefined): Section[] {
  if (name === undefined || isBuiltin(name)) return []
  const title =
    result.kind === 'vector' ? `Constructors of ${name}, the items of the result` : 'Constructors of the result'
  return [
    { id: 'constructors', title, blocks: constructorTable(context, name, true) },
    ...usageSections(context, name, true),
  ]
}

function errorSection({ catalog }: PageContext, method: Method): Section {
  const general: Inline[] = [
    text('Any call can also end with the general errors, '),
    codeReference('error', 'FLOOD_WAIT_%d', 'FLOOD_WAIT'),
    text(' among them.'),
  ]
  const rows = method.errors.map(({ name, code: number }) => {
    const fact = catalog.index.errors.get(name)
    const sentences = catalog.describe({ kind: 'error', name })
    return [
      [text(String(number))],
      [codeReference('error', name, fact === undefined ? name : errorTitle(fact))],
      sentences.length > 0 || catalog.descriptions === undefined ? sentences : [text('—')],
    ]
  })
  const hasFlood = catalog.index.errors.has('FLOOD_WAIT_%d')
  const blocks: Block[] =
    rows.length > 0
      ? [describedTable(['Code', 'Type', 'Description'], rows)]
      : [paragraph(text(`No error of this method in particular is known in layer ${catalog.layer}.`))]
  if (hasFlood) blocks.push(paragraph(...general))
  return { id: 'errors', title: 'Possible errors', blocks }
}

/** The archived reference said `Yes` or `No`; neither tells who else may. */
export function callableSentence(callableBy: CallableBy, layer: number): string {
  switch (callableBy) {
    case 'user':
      return 'No — users only.'
    case 'bot':
      return 'Yes — bots only.'
    case 'both':
      return 'Yes — users and bots.'
    case 'unknown':
      return `Unknown in layer ${layer}.`
  }
}
