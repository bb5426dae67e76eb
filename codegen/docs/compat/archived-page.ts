import type { Method, Param, TypeRef } from '../../ir/ir.js'
import type { Catalog } from '../catalog.js'
import { errorTitle, typeName } from '../catalog.js'
import type { ExampleBuilder } from '../example/build.js'
import { javascriptProgram, typescriptProgram } from '../example/program.js'
import { addressesIn, type Inline } from '../model/inline.js'
import { CONDITIONAL_FIELDS } from '../pages/definition-sections.js'
import { relatedPages } from '../source/guides.js'

const CORE = 'https://core.telegram.org'

export interface ArchivedPageContext {
  readonly catalog: Catalog
  readonly examples: ExampleBuilder
  /** `telegram`, the package that the archived reference was about. */
  readonly packageName: string
}

/** `messages/GetExportedChatInvites.md`, as the archived reference named its files. */
export function archivedPath({ namespace, className }: Method): string {
  return `${namespace === '' ? '' : `${namespace}/`}${className}.md`
}

/**
 * A method's page in the form of the archived reference, byte for byte: its directives for tabs, its tables (with the
 * blank line that keeps them from being tables), its blanks at the ends of rows.
 */
export function archivedPage({ catalog, examples, packageName }: ArchivedPageContext, method: Method): string {
  const request = examples.object(method)
  const options = { packageName, indent: 0, emptyBraces: true, resultType: archivedResultType(method.result) }
  const description = markdown(catalog.describe({ kind: 'method', name: method.tlName }))
  return `# ${method.qualifiedName}

${description}



## Example

::::tabs
:::tab{title="JavaScript"}
\`\`\`js
${javascriptProgram(request, options)}
\`\`\`
:::

:::tab{title="TypeScript"}
\`\`\`ts
${typescriptProgram(request, options)}
\`\`\`
:::
::::



## Parameters

| Name | Type | Description |
| :--: | ---- | ----------- |

${method.params.map((param) => parameterRow(catalog, method, param)).join('')}

## Result

${typeMarkdown(method.result)}



## Possible errors

| Code | Type | Description |
| :--: | ---- | ----------- |

${errorRows(catalog, method)}

## Can bots use this method?

${method.callableBy === 'bot' || method.callableBy === 'both' ? 'Yes' : 'No'}

## Related pages

${relatedMarkdown(catalog, method)}



`
}

function parameterRow(catalog: Catalog, { tlName }: Method, param: Param): string {
  const condition = param.flag === undefined ? '' : `[${param.flag.word}](${CONDITIONAL_FIELDS}).${param.flag.bit}?`
  const description = param.isFlagWord
    ? `Flags, see [TL conditional fields](${CONDITIONAL_FIELDS})`
    : markdown(catalog.describeParam(tlName, param.tlName))
  return `| **${param.name}** | ${condition}${typeMarkdown(param.type)} | ${description} \n`
}

function typeMarkdown(type: TypeRef): string {
  switch (type.kind) {
    case 'vector':
      return `[Vector](${CORE}/type/Vector%20t)<${typeMarkdown(type.item)}>`
    case 'primitive': {
      if (type.name === '#') return `[#](${CORE}/type/%23)`
      return `[${type.name}](${CORE}/${type.name === 'true' ? 'constructor' : 'type'}/${type.name})`
    }
    case 'boxed':
      return `[${type.type}](${CORE}/type/${type.type})`
    case 'bare':
      return `[${type.combinator}](${CORE}/constructor/${type.combinator})`
    case 'generic':
      return `[${type.query ? '!' : ''}${type.name}](${CORE}/type/${type.query ? '!' : ''}${type.name})`
    case 'object':
      return 'Object'
  }
}

function errorRows(catalog: Catalog, method: Method): string {
  return method.errors
    .map(({ name, code }) => {
      const fact = catalog.index.errors.get(name)
      const title = (fact === undefined ? name : errorTitle(fact)).replaceAll('_', '\\_')
      return `| ${code} | ${title} | ${markdown(catalog.describe({ kind: 'error', name }))} \n`
    })
    .join('')
}

function relatedMarkdown(catalog: Catalog, method: Method): string {
  const texts = [
    catalog.describe({ kind: 'method', name: method.tlName }),
    ...method.params.map(({ tlName }) => catalog.describeParam(method.tlName, tlName)),
  ]
  const pages = relatedPages(texts.flatMap(addressesIn), catalog.guides)
  return pages.map(({ title, url, summary }) => `#### [${title}](${url})\n\n${summary}\n`).join('\n')
}

/** `Api.messages.ExportedChatInvites`: the archived reference named the type as if it were a class. */
function archivedResultType(result: TypeRef): string | undefined {
  if (result.kind === 'vector' || result.kind === 'generic') return undefined
  const name = typeName(result)
  return name === undefined ? undefined : `Api.${name}`
}

/** The sentences of a description, with links to core.telegram.org and nothing escaped. */
function markdown(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return inline.text
        case 'code':
          return `\`${inline.text}\``
        case 'break':
          return ' '
        case 'strong':
          return `**${markdown(inline.children)}**`
        case 'emphasis':
          return `*${markdown(inline.children)}*`
        case 'deleted':
          return `~~${markdown(inline.children)}~~`
        case 'link':
          return `[${markdown(inline.children)}](${inline.href})`
        case 'reference':
          return `[${markdown(inline.children)}](${CORE}/${inline.to.kind}/${inline.to.name})`
      }
    })
    .join('')
}
