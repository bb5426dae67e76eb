import type { Constructor } from '../../ir/ir.js'
import { printValue } from '../example/print.js'
import { reference } from '../model/inline.js'
import { paragraph, type Page } from '../model/page.js'
import type { PageContext } from './context.js'
import {
  bytesSection,
  definitionHead,
  exampleSection,
  flagSection,
  historySection,
  parameterSection,
  relatedSection,
  tlSection,
} from './definition-sections.js'
import { constructorTable, usageSections } from './usage-sections.js'

/** Everything about one constructor, in the order of a method's page. */
export function constructorPage(context: PageContext, constructor: Constructor): Page {
  const { catalog, examples, packageName } = context
  const example = examples.object(constructor)
  const expression = printValue(example, { indent: 0, emptyBraces: false })
  const type = catalog.index.types.get(constructor.type)
  const annotation = type === undefined ? '' : `: Api.${type.qualifiedName}`
  const siblings = type?.constructors.length ?? 0
  return {
    ...definitionHead(context, constructor, 'Constructor'),
    sections: [
      exampleSection(
        `const {Api} = require('${packageName}');\n\nconst value = ${expression};`,
        `import {Api} from '${packageName}';\n\nconst value${annotation} = ${expression};`,
      ),
      parameterSection(context, constructor, 'Fields'),
      { id: 'result', title: 'Type', blocks: [paragraph(reference('type', constructor.type))] },
      ...relatedSection(context, constructor, 'constructor'),
      tlSection(constructor),
      ...flagSection(constructor, example),
      bytesSection(example),
      ...(siblings > 1
        ? [
            {
              id: 'constructors',
              title: `All constructors of ${constructor.type}`,
              blocks: constructorTable(context, constructor.type, true),
            },
          ]
        : []),
      ...usageSections(context, constructor.type, true),
      ...historySection(context, constructor.tlName),
    ],
  }
}
