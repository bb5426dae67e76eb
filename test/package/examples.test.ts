/** Every program of examples/ runs against the built package and prints what it says it prints. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const PRINTED: Readonly<Record<string, RegExp>> = {
  'bot-test.ts': /^config: help\.AppConfigNotModified\nrefused: ADMIN_ID_INVALID\n$/,
  'buttons-bot.ts': /^What would you like\? Coming: One tea\n$/,
  'builder.ts': /^f6a3b5a200000000c97ea07d3fb1c1f764000000\n$/,
  'reference-page.ts': /^(https:\/\/t\.me\/\+revoked\d\w+ \d+\n){4}$/,
}

it.each(readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts')))('examples/%s', (name) => {
  const expected = PRINTED[name]
  expect(expected, `${name} needs a line in this test`).toBeDefined()
  const tsx = join(root, 'node_modules/.bin/tsx')
  const printed = execFileSync(tsx, ['--tsconfig', 'scripts/tsconfig.json', join('examples', name)], { cwd: root, encoding: 'utf8', timeout: 120_000 })
  expect(printed).toMatch(expected!)
})
