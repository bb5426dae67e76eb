import type { AstNodeLocation, ProgramNode } from 'rollup'

type Statement = ProgramNode['body'][number]

export interface Split {
  readonly imports: string
  /** Constants that are numbers, then everything else. */
  readonly code: string
  /** Lists of names: they may speak of what is imported. */
  readonly exports: string
}

/**
 * A module in three parts, to be put together again. Its constants that are numbers come before anything else: esbuild
 * writes their values in place of those that nothing precedes, so that bundlers drop them. An import anywhere in the text
 * would keep it from that.
 */
export function numbersFirst(code: string, { body }: ProgramNode): Split {
  const [hashbang] = /^#!.*\n/.exec(code) ?? ['']
  const parts = { imports: hashbang, numbers: '', rest: '', exports: '' }
  let end = hashbang.length
  for (const statement of body) {
    const { start, end: after } = statement as Statement & AstNodeLocation
    parts.rest += code.slice(end, start)
    parts[partOf(statement)] += `${code.slice(start, after)}\n`
    end = after
  }
  const { imports, numbers, rest, exports } = parts
  return { imports, code: numbers + rest + code.slice(end), exports }
}

function partOf(statement: Statement): 'imports' | 'numbers' | 'rest' | 'exports' {
  if (statement.type === 'ImportDeclaration') return 'imports'
  if (statement.type === 'ExportAllDeclaration') return 'exports'
  if (statement.type === 'ExportNamedDeclaration' && !statement.declaration) return 'exports'
  return isNumber(statement) ? 'numbers' : 'rest'
}

function isNumber(statement: Statement): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return false
  return statement.declarations.every(({ init }) => init?.type === 'Literal' && typeof init.value === 'number')
}
