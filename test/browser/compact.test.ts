/** The condition `compact`, as bundlers and Node see it: from the built package. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a program for browsers exports, and the files of this package that it was made from. */
async function bundled(program: string, conditions: string[]): Promise<{ exported: Record<string, unknown>; files: string[] }> {
  const { outputFiles, metafile } = await build({
    ...{ stdin: { contents: program, resolveDir: root }, bundle: true, write: false, metafile: true, minify: true },
    ...{ format: 'esm', platform: 'browser', target: 'es2022', conditions, absWorkingDir: root, tsconfigRaw: '{}' },
  })
  const url = `data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`
  const exported = (await import(/* @vite-ignore */ url)) as Record<string, unknown>
  return { exported, files: Object.keys(metafile.inputs).filter((path) => path.startsWith('dist/')) }
}

const EVERY_WAY = `
import { Api, TelegramClient } from 'rawgram'
import * as modules from 'rawgram/api'
import { SendMessage } from 'rawgram/api/messages'
import { Api as ofTl } from 'rawgram/tl/api'
import { tlobjects } from 'rawgram/tl/AllTLObjects'
import { HTMLParser } from 'rawgram/extensions/html'
import { NewMessage } from 'rawgram/events/NewMessage'
import { StringSession } from 'rawgram/sessions'
export { Api, HTMLParser, modules, NewMessage, ofTl, SendMessage, StringSession, TelegramClient, tlobjects }`

describe('the condition compact', () => {
  it('gives a bundle one class of each name, whichever entry it is imported from', async () => {
    const { exported, files } = await bundled(EVERY_WAY, ['compact'])
    const { Api, modules, ofTl, SendMessage, tlobjects, HTMLParser } = exported as Record<string, any>
    expect(files.filter((path) => !path.startsWith('dist/compact/'))).toEqual([])
    expect(ofTl).toBe(Api)
    expect(SendMessage).toBe(Api.messages.SendMessage)
    expect(Object.keys(modules)).toEqual(Object.keys(Api))
    expect(modules.User).toBe(Api.User)
    expect(tlobjects[Api.User.CONSTRUCTOR_ID]).toBe(Api.User)
    const [, [entity]] = HTMLParser.parse('<b>a</b>')
    expect(entity).toBeInstanceOf(Api.MessageEntityBold)
  })

  it('is not looked at without it, nor where Node runs the package', async () => {
    const { files } = await bundled(`export { Api } from 'rawgram'`, [])
    expect(files.filter((path) => !path.startsWith('dist/browser/'))).toEqual([])
    const { stdout } = spawnSync(process.execPath, ['--conditions=compact', '--input-type=module', '-e', `console.log(import.meta.resolve('rawgram'))`], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(stdout.trim()).toMatch(/\/dist\/node\/index\.js$/)
  })
})
