import type { AstNodeLocation, ProgramNode } from 'rollup'

type Statement = ProgramNode['body'][number]

/**
 * The same module with the constants that are numbers before anything else: esbuild writes their values in place of those
 * that nothing precedes, and drops them.
 */
export function numbersFirst(code: string, { body }: ProgramNode): string {
  const [hashbang] = /^#!.*\n/.exec(code) ?? ['']
  let numbers = ''
  let rest = ''
  let end = hashbang.length
  for (const statement of body.filter(isNumber)) {
    const at = statement as Statement & AstNodeLocation
    numbers += `${code.slice(at.start, at.end)}\n`
    rest += code.slice(end, at.start)
    end = at.end
  }
  return hashbang + numbers + rest + code.slice(end)
}

function isNumber(statement: Statement): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return false
  return statement.declarations.every(({ init }) => init?.type === 'Literal' && typeof init.value === 'number')
}
