import { code, text } from '../model/inline.js'
import type { Page } from '../model/page.js'
import { removedEntries } from '../search/entries.js'
import type { PageContext } from './context.js'
import { HOME } from './trail.js'

/** Definitions that only earlier layers have, with their ids: where an id that nobody knows comes from. */
export function removedPages({ catalog }: PageContext): Page[] {
  const { layers } = catalog
  const entries = removedEntries(catalog)
  if (layers === undefined || entries.length === 0) return []
  const rows = entries.map(({ name, earlier }) => [
    [code(name)],
    [text(earlier.map(({ id }) => id).join(', '))],
    [text(`${layers.of(name)?.removed ?? ''}`)],
  ])
  return [
    {
      path: 'removed',
      title: 'Removed definitions',
      kicker: 'History',
      summary: `What earlier layers, from ${layers.layers[0]} on, had and layer ${catalog.layer} has not.`,
      trail: [HOME],
      lead: [],
      sections: [
        {
          id: 'removed',
          title: `Not in layer ${catalog.layer} any more`,
          blocks: [{ kind: 'table', head: ['Name', 'Ids', 'Gone in layer (at the latest)'], rows }],
        },
      ],
    },
  ]
}
