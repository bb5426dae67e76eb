import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { measureSizes } from '../scripts/check-size.js'
import { root } from '../scripts/entries.js'
import type { Figure, Section } from './figure.js'

const ONE_METHOD = {
  mtcute: `import { TlBinaryWriter } from '@mtcute/core'; import { __tlWriterMap } from '@mtcute/core/tl/binary/writer.js';
    console.log(TlBinaryWriter.serializeObject(__tlWriterMap, { _: 'messages.getExportedChatInvites' }))`,
  GramJS: `import { Api } from 'telegram'; console.log(new Api.messages.GetExportedChatInvites({}).getBytes())`,
  teleproto: `import { Api } from 'teleproto'; console.log(new Api.messages.GetExportedChatInvites({}).getBytes())`,
} as const
const CLIENT = {
  mtcute: `import * as all from '@mtcute/core/client.js'; console.log(all)`,
  GramJS: `import { TelegramClient, Api } from 'telegram'; console.log(TelegramClient, Api)`,
  teleproto: `import { TelegramClient, Api } from 'teleproto'; console.log(TelegramClient, Api)`,
} as const

/** Bytes of a minified, gzipped bundle of `program`; Node's own modules stay outside. */
async function bundled(program: string): Promise<number | undefined> {
  try {
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: root, loader: 'js' },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      logLevel: 'silent',
      external: ['*.node', 'better-sqlite3'],
    })
    return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
  } catch {
    return undefined
  }
}

async function peersOf(programs: Record<keyof typeof ONE_METHOD, string>): Promise<Figure['peers']> {
  const peers: Figure['peers'] = {}
  for (const peer of ['mtcute', 'GramJS', 'teleproto'] as const) {
    const bytes = await bundled(programs[peer])
    if (bytes !== undefined) peers[peer] = bytes / 1000
  }
  return peers
}

/** What a user's bundle grows by, minified and gzipped. */
export const bundleSize: Section = {
  name: 'size',
  async measure(): Promise<Figure[]> {
    const measured = await measureSizes()
    const [named, viaRoot, client] = measured
    const compact = measured.find(({ target }) => target === 'compact')
    const clients = await peersOf(CLIENT)
    const oneMethod = await peersOf(ONE_METHOD)
    return [
      { what: named!.what, unit: 'kB', ours: named!.bytes / 1000, peers: oneMethod, better: 'lower' },
      { what: viaRoot!.what, unit: 'kB', ours: viaRoot!.bytes / 1000, peers: oneMethod, better: 'lower' },
      { what: client!.what, unit: 'kB', ours: client!.bytes / 1000, peers: clients, better: 'lower' },
      { what: compact!.what, unit: 'kB', ours: compact!.bytes / 1000, peers: clients, better: 'lower' },
    ]
  },
}
