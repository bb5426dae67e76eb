import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/entries.js'
import { median, type Figure, type Section } from './figure.js'

const RUNS = 7

function page(packageName: string): string {
  return `import {Api, TelegramClient} from '${packageName}';
import {StringSession} from '${packageName}/sessions';
declare const apiId: number, apiHash: string
const session = new StringSession('');
const client = new TelegramClient(session, apiId, apiHash, {});
(async function run() {
    await client.connect()
    const result: Api.messages.ExportedChatInvites = await client.invoke(new Api.messages.GetExportedChatInvites({
    peer: 'username',
    adminId: 'username',
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here'
}));
    console.log(result);
})();
`
}

const MTCUTE = `import type { tl } from '@mtcute/core'
import type { BaseTelegramClient } from '@mtcute/core/client.js'
declare const client: BaseTelegramClient
(async function run() {
    const result: tl.messages.TypeExportedChatInvites = await client.call({
    _: 'messages.getExportedChatInvites', peer: { _: 'inputPeerSelf' }, adminId: { _: 'inputUserSelf' },
    limit: 100, revoked: true, offsetDate: 43, offsetLink: 'some string here' });
    console.log(result);
})();
`

/** Fresh `tsc` processes over the reference page's TypeScript example, as a user's project with `skipLibCheck`. */
export const typecheckTime: Section = {
  name: 'typecheck',
  async measure(): Promise<Figure[]> {
    const programs = { rawgram: page('rawgram'), GramJS: page('telegram'), mtcute: MTCUTE } as const
    mkdirSync(join(root, '.cache'), { recursive: true })
    const folder = mkdtempSync(join(root, '.cache', 'typecheck-'))
    try {
      mkdirSync(join(folder, 'node_modules'), { recursive: true })
      symlinkSync(root, join(folder, 'node_modules/rawgram'))
      const taken: Record<string, number[]> = {}
      for (let run = 0; run <= RUNS; run++) {
        for (const [name, program] of Object.entries(programs)) {
          const project = join(folder, name)
          // The types of GramJS resolve from CommonJS alone.
          const file = join(project, name === 'GramJS' ? 'page.cts' : 'page.mts')
          mkdirSync(project, { recursive: true })
          writeFileSync(file, program)
          const args = ['--noEmit', '--ignoreConfig', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', '--types', 'node', file]
          const startedMs = performance.now()
          const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: folder, encoding: 'utf8' })
          if (status !== 0) throw new Error(`the example does not compile against ${name}:\n${stdout}`)
          if (run > 0) (taken[name] ??= []).push((performance.now() - startedMs) / 1000)
        }
      }
      return [
        {
          what: 'fresh tsc of the reference example',
          unit: 's',
          ours: median(taken['rawgram']!),
          peers: { mtcute: median(taken['mtcute']!), GramJS: median(taken['GramJS']!) },
          better: 'lower',
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
