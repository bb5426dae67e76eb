import { createHash } from 'node:crypto'

export interface FileRecord {
  readonly name: string
  readonly content: string
}

export interface ProvenanceFacts {
  /** `@mtcute/core@0.31.0` */
  readonly source: string
  readonly layer: number
  readonly api: number
  readonly service: number
  readonly supplement: number
  readonly errors: number
  readonly foreign: readonly string[]
  readonly inputs: readonly FileRecord[]
  readonly outputs: readonly FileRecord[]
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')

function table(files: readonly FileRecord[]): string {
  const rows = files.map(({ name, content }) => `| \`${name}\` | \`${sha256(content)}\` |`)
  return ['| file | sha256 |', '|---|---|', ...rows].join('\n')
}

/** `tl/PROVENANCE.md`: what came from where, so that anyone can repeat the import and compare. */
export function provenancePage(facts: ProvenanceFacts): string {
  return `# Where these files come from

Written by \`npm run schema\`. To repeat the import and compare without writing: \`npm run schema -- --check\`.

Layer ${facts.layer}, from the npm package \`${facts.source}\` (MIT). Taken are facts alone: names, types, flags,
constructor numbers, error names and codes, which method raises which error, and who may call it. No descriptions are
taken.

- \`api.tl\`: ${facts.api} definitions. Each number was recomputed as the CRC-32 of its line; an import with one that
  differs is refused. Left out are the package's own entries: ${facts.foreign.map((name) => `\`${name}\``).join(', ')}.
- \`mtproto.tl\`: ${facts.service} definitions, of which ${facts.supplement} come from \`patches.tl\`; verified in the
  same way. Binary values that older texts call \`string\` are \`bytes\` here; both give the same number.
- \`errors.json\`: ${facts.errors} errors; who raises them is the union of the package's two tables.
- \`patches.tl\`, \`pages.json\`: kept by hand, from https://core.telegram.org/mtproto and /api.
- \`server-keys.json\`: Telegram's public keys, kept by hand. Each fingerprint is recomputed, and each key compared
  with the package's list, whenever the import runs.
- \`layers.json\`: which layer has which constructor number.

The package's files that were read:

${table(facts.inputs)}

What the import wrote or verified:

${table(facts.outputs)}
`
}
