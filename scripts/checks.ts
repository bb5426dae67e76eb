/**
 * `npm run checks`: runs the tests that name a row of the protocol checks and prints every row with its result and the
 * files that show it. A row without a test fails. Exits with 1 unless all pass. `--write` renews docs/protocol-checks.md.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { styleText } from 'node:util'
import { root } from './entries.js'
import { listFiles } from './files.js'

interface Row {
  readonly id: string
  readonly level: string
  readonly check: string
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

interface Shown {
  readonly files: Set<string>
  failed: number
  passed: number
}

const ROW_ID = /^([A-Z]\d{1,2})(?=[:\s,])/
const NAMES_A_ROW = /\bit(?:\.each\([^)]*\))?\(\s*[`'"][HPEMSTLRUFA]\d{1,2}[:\s,]/

const { groups, rows } = JSON.parse(readFileSync(join(root, 'test/protocol/rows.json'), 'utf8')) as {
  readonly groups: Record<string, string>
  readonly rows: readonly Row[]
}

/** Runs the test files in which a test's name starts with a row's id. */
function runTests(): Report {
  const files = listFiles(root, 'test', '.test.ts').filter((file) => NAMES_A_ROW.test(readFileSync(join(root, file), 'utf8')))
  const output = join(root, '.cache', 'checks.json')
  mkdirSync(join(root, '.cache'), { recursive: true })
  const vitest = join(root, 'node_modules/.bin/vitest')
  spawnSync(vitest, ['run', '--reporter=json', `--outputFile.json=${output}`, ...files], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  return JSON.parse(readFileSync(output, 'utf8')) as Report
}

function collect({ testResults }: Report): Map<string, Shown> {
  const shown = new Map<string, Shown>(rows.map(({ id }) => [id, { files: new Set(), failed: 0, passed: 0 }]))
  for (const { name, assertionResults } of testResults) {
    for (const { title, status } of assertionResults) {
      const row = shown.get(ROW_ID.exec(title)?.[1] ?? '')
      if (row === undefined) continue
      row.files.add(relative(root, name))
      if (status === 'passed') row.passed++
      else row.failed++
    }
  }
  return shown
}

const passes = ({ passed, failed }: Shown): boolean => passed > 0 && failed === 0

function print(shown: ReadonlyMap<string, Shown>): number {
  let passing = 0
  for (const { id, level, check } of rows) {
    const row = shown.get(id)!
    if (passes(row)) passing++
    const verdict = passes(row) ? styleText('green', 'pass') : styleText('red', row.passed + row.failed === 0 ? 'no test' : 'FAIL')
    const text = check.length > 84 ? `${check.slice(0, 81)}...` : check
    console.log(`${id.padEnd(4)} ${level.padEnd(7)} ${verdict}  ${text.padEnd(84)}  ${[...row.files].join(', ')}`)
  }
  console.log(`\n${passing} of ${rows.length}`)
  return passing
}

function page(shown: ReadonlyMap<string, Shown>): string {
  const lines = [
    '# Protocol checks',
    '',
    `What a correct client checks, ${rows.length} rows, each shown by tests whose names start with the row's id. \`npm run checks\``,
    'runs them and prints this table with the result of each; a row without a test fails.',
  ]
  for (const [letter, title] of Object.entries(groups)) {
    lines.push('', `## ${letter}: ${title}`, '', '| row | level | check | shown in |', '|---|---|---|---|')
    for (const { id, level, check } of rows.filter((row) => row.id.startsWith(letter))) {
      const files = [...shown.get(id)!.files].map((file) => `[${file.split('/').at(-1)}](../${file})`)
      lines.push(`| ${id} | ${level} | ${check.replaceAll('|', '\\|')} | ${files.join(', ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

const shown = collect(runTests())
const passing = print(shown)
if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/protocol-checks.md'), page(shown))
process.exitCode = passing === rows.length ? 0 : 1
