import type { Change } from './change.js'
import { byKind, changeDetail, changedName, KIND_MEANING, layerRange, summary } from './describe-change.js'
import type { SchemaDiff } from './diff-schemas.js'

export type DiffFormat = 'text' | 'json' | 'markdown' | 'github'

export const DIFF_FORMATS: readonly DiffFormat[] = ['text', 'json', 'markdown', 'github']

/** A place to show an annotation at: the new text of the schema. */
export interface AnnotatedText {
  readonly file: string
  readonly text: string
}

/** Renders a diff, or the part of it in `changes`. Each format ends without a line break. */
export function formatDiff(diff: SchemaDiff, format: DiffFormat, place?: AnnotatedText): string {
  switch (format) {
    case 'text':
      return formatText(diff)
    case 'json':
      return formatJson(diff)
    case 'markdown':
      return formatMarkdown(diff)
    case 'github':
      return formatGithub(diff, place)
  }
}

function formatText(diff: SchemaDiff): string {
  const lines: string[] = []
  for (const [kind, changes] of byKind(diff.changes)) {
    lines.push(`${kind} (${changes.length}): ${KIND_MEANING[kind]}`)
    for (const change of changes) {
      const detail = changeDetail(change)
      lines.push(`  ${changedName(change)}${detail === '' ? '' : `  ${detail}`}`)
    }
  }
  return [...lines, `${layerRange(diff)}: ${summary(diff.changes)}`].join('\n')
}

function formatJson(diff: SchemaDiff): string {
  const counts = Object.fromEntries([...byKind(diff.changes)].map(([kind, changes]) => [kind, changes.length]))
  return JSON.stringify({ from: diff.from ?? null, to: diff.to ?? null, counts, changes: diff.changes }, null, 2)
}

function formatMarkdown(diff: SchemaDiff): string {
  const lines = [`## Schema: ${layerRange(diff)}`, '', summary(diff.changes)]
  for (const [kind, changes] of byKind(diff.changes)) {
    lines.push('', `### ${kind} (${changes.length}): ${KIND_MEANING[kind]}`)
    lines.push('', '| name | change | breaks |', '|---|---|---|')
    for (const change of changes) {
      const detail = changeDetail(change)
      const cell = detail === '' ? '' : `\`${detail.replaceAll('|', '\\|')}\``
      lines.push(`| \`${changedName(change)}\` | ${cell} | ${change.breaks.join(', ')} |`)
    }
  }
  return lines.join('\n')
}

/**
 * Workflow commands: an error per change that breaks source, a warning per other breaking change, a notice for the rest
 * together.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
function formatGithub(diff: SchemaDiff, place: AnnotatedText | undefined): string {
  const lines = place === undefined ? new Map<string, number>() : definitionLines(place.text)
  const annotations = diff.changes
    .filter((change) => change.breaks.length > 0)
    .map((change) => {
      const line = lines.get(change.name)
      const file = place === undefined ? '' : `file=${escapeProperty(place.file)},`
      const at = line === undefined ? file : `${file}line=${line},`
      const level = change.breaks.includes('SOURCE') ? 'error' : 'warning'
      return `::${level} ${at}title=${change.kind}::${escapeData(annotation(change))}`
    })
  const whole = escapeData(`${layerRange(diff)}: ${summary(diff.changes)}`)
  return [...annotations, `::notice title=Schema::${whole}`].join('\n')
}

function annotation(change: Change): string {
  const detail = changeDetail(change)
  return detail === '' ? changedName(change) : `${changedName(change)}: ${detail}`
}

function definitionLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  text.split('\n').forEach((line, index) => {
    const name = /^\s*([A-Za-z][\w.]*)(?:#[0-9a-f]+)?\s/.exec(line)?.[1]
    if (name !== undefined) found.set(name, index + 1)
  })
  return found
}

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
