/**
 * The example of the reference page, both tabs, character for character, in an empty project where the packed tarball is
 * installed under the name `telegram`: what existing code does after changing nothing but the dependency.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/until.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'test/golden/pages/archived-messages.GetExportedChatInvites.md'), 'utf8')

function tab(language: 'js' | 'ts'): string {
  const code = new RegExp('```' + language + '\\n([\\s\\S]*?)```').exec(page)?.[1]
  if (code === undefined) throw new Error(`the page has no ${language} tab`)
  return code
}

let project: string
let server: ChildProcess
let session: string

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', timeout: 240_000, shell: process.platform === 'win32' })
}

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'rawgram-project-'))
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project], { cwd: root, encoding: 'utf8' })
  const tarball = packed.trim().split('\n').at(-1)!
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true }\n')
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', `telegram@file:${join(project, tarball)}`])

  server = spawn(process.execPath, ['node_modules/telegram/dist/node/cli.js', 'serve', '--json'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    server.stdout!.setEncoding('utf8').once('data', resolve)
    server.once('exit', (code) => reject(new Error(`rawgram serve ended with ${code} before it printed its address`)))
  })
  const printed = JSON.parse(line) as { host: string; port: number; wsUrl: string; publicKey: string; session: string }
  expect(printed.host).toBe('127.0.0.1')
  expect(printed.port).toBeGreaterThan(0)
  expect(printed.wsUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/apiws$/)
  expect(printed.publicKey).toMatch(/^-----BEGIN RSA PUBLIC KEY-----/)
  session = printed.session
})

afterAll(() => {
  server?.kill('SIGINT')
  rmSync(project, { recursive: true, force: true })
})

/** Defines apiId and apiHash, and puts the session where the page says to put it; all else is the page's. */
function filledIn(code: string, declarations: string): string {
  const blank = `new StringSession(''); // You should put your string session here`
  expect(code).toContain(blank)
  return `${declarations}\n${code.replace(blank, blank.replace(`''`, `'${session}'`))}`
}

/** The page's program never disconnects, so it is given a moment to print and is then ended. */
async function output(file: string): Promise<string> {
  const child = spawn(process.execPath, [file], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  await until(() => /users: \[[\s\S]*\}\s*$/.test(printed) || child.exitCode !== null).finally(() => child.kill())
  expect(errors).toBe('')
  return printed
}

describe('the example of the reference page, installed under the name telegram', () => {
  it('runs as its JavaScript tab, through require', async () => {
    writeFileSync(join(project, 'page.js'), filledIn(tab('js'), `const apiId = 1, apiHash = 'hash';`))
    const printed = await output('page.js')
    expect(printed).toContain('messages.ExportedChatInvites')
    expect(printed).toContain('https://t.me/+revoked')
  })

  it('compiles as its TypeScript tab with tsc --strict, and runs', async () => {
    const folder = join(project, 'ts')
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
    writeFileSync(join(folder, 'page.ts'), filledIn(tab('ts'), `const apiId = 1, apiHash = 'hash';`))
    const tsc = join(root, 'node_modules/.bin/tsc')
    run(tsc, ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', '', join(folder, 'page.ts')])
    expect(readdirSync(folder)).toContain('page.js')
    const printed = await output('ts/page.js')
    expect(printed).toContain('https://t.me/+revoked')
  })
})
