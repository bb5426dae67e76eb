import type { BoxedType } from '../../ir/ir.js'
import { pagePath } from '../catalog.js'
import { code, plainText, text } from '../model/inline.js'
import { paragraph, type Page } from '../model/page.js'
import type { Builtin } from '../source/builtins.js'
import type { PageContext } from './context.js'
import { descriptionBlocks } from './definition-sections.js'
import { HOME, namespaceTrail } from './trail.js'
import { constructorTable, usageSections } from './usage-sections.js'

/** A type: what it can be, where it comes from and where it goes. */
export function typePage(context: PageContext, type: BoxedType): Page {
  const subject = { kind: 'type', name: type.tlName } as const
  return {
    path: pagePath(subject),
    title: type.tlName,
    kicker: 'Type',
    summary:
      plainText(context.catalog.describe(subject)) || `The type ${type.tlName} of layer ${context.catalog.layer}.`,
    trail: namespaceTrail(type.namespace),
    lead: [
      ...descriptionBlocks(context, subject),
      paragraph(text('In TypeScript: '), code(`Api.${type.qualifiedName}`)),
    ],
    sections: [
      { id: 'constructors', title: 'Constructors', blocks: constructorTable(context, type.tlName, false) },
      ...usageSections(context, type.tlName, false),
    ],
  }
}

/** A type that the schema uses without declaring it. */
export function builtinPage({ name, description, typescript, bytes }: Builtin): Page {
  const subject = { kind: 'type', name } as const
  return {
    path: pagePath(subject),
    title: name,
    kicker: 'Built-in type',
    summary: plainText(description),
    trail: [HOME],
    lead: [paragraph(...description)],
    sections: [
      {
        id: 'wire',
        title: 'In TypeScript and on the wire',
        blocks: [{ kind: 'table', head: ['TypeScript', 'Bytes'], rows: [[[code(typescript)], [text(bytes)]]] }],
      },
    ],
  }
}
