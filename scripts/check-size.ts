/**
 * The size budget: what a user's bundle grows by, minified and gzipped, measured on the built package with esbuild and
 * with Rollup. Every row is a small program; its budget is a number that the README states. Exits with 1 over budget.
 */
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { rollup, type Plugin } from 'rollup'
import { root } from './entries.js'

interface Budget {
  readonly what: string
  readonly code: string
  readonly bundler: 'esbuild' | 'rollup'
  /** Which of the builds for browsers; `browser` by default. */
  readonly target?: 'browser' | 'compact'
  /** Bytes, minified and gzipped. */
  readonly limit: number
}

/** Events that have an entry each, by what a program needs for one of them that has a client otherwise. */
const EVENTS: Readonly<Record<string, number>> = {
  'EventBuilder from rawgram/events/common': 12_500,
  'NewMessage from rawgram/events/NewMessage': 24_700,
  'EditedMessage from rawgram/events/EditedMessage': 24_800,
  'DeletedMessage from rawgram/events/DeletedMessage': 13_000,
  'Album from rawgram/events/Album': 24_600,
  'CallbackQuery from rawgram/events/CallbackQuery': 25_300,
}

const CLIENT = `import { TelegramClient, Api } from 'rawgram'; console.log(TelegramClient, Api)`
const BASE_CLIENT = `import { Api } from 'rawgram'; import { TelegramBaseClient } from 'rawgram/client/telegramBaseClient'; console.log(TelegramBaseClient, Api)`
const REQUEST = `({ peer: { _: 'x' }, adminId: 'me', limit: 1 })`
const BUDGETS: readonly Budget[] = [
  {
    what: 'one builder, named import from rawgram/api/messages',
    code: `import { GetExportedChatInvites } from 'rawgram/api/messages'; console.log(new GetExportedChatInvites${REQUEST}.getBytes())`,
    bundler: 'esbuild',
    limit: 3_000,
  },
  {
    what: 'one builder, Api.messages.X from the root',
    code: `import { Api } from 'rawgram'; console.log(new Api.messages.GetExportedChatInvites${REQUEST}.getBytes())`,
    bundler: 'rollup',
    limit: 3_000,
  },
  {
    what: 'the client with the whole API',
    code: CLIENT,
    bundler: 'esbuild',
    limit: 206_900,
  },
  {
    what: 'the client without shortcuts, with the whole API',
    code: BASE_CLIENT,
    bundler: 'esbuild',
    limit: 195_000,
  },
  {
    what: 'the client with the whole API, compact',
    code: CLIENT,
    bundler: 'esbuild',
    target: 'compact',
    limit: 150_000,
  },
  {
    what: 'the client without shortcuts, with the whole API, compact',
    code: BASE_CLIENT,
    bundler: 'esbuild',
    target: 'compact',
    limit: 136_000,
  },
  ...Object.entries(EVENTS).map(([what, limit]): Budget => {
    const [name, , entry] = what.split(' ')
    return { what, code: `import { ${name} } from '${entry}'; console.log(new ${name}())`, bundler: 'esbuild', limit }
  }),
]

/** Finds `rawgram/...` in the built package, as a browser bundler would. */
function locate(specifier: string, target: Budget['target'] = 'browser'): string | undefined {
  if (specifier !== 'rawgram' && !specifier.startsWith('rawgram/')) return undefined
  return join(root, 'dist', target, `${specifier === 'rawgram' ? 'index' : specifier.slice('rawgram/'.length)}.js`)
}

async function bundleWithEsbuild(code: string, target: Budget['target']): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
    plugins: [
      {
        name: 'rawgram',
        setup({ onResolve }) {
          onResolve({ filter: /^rawgram(\/|$)/ }, ({ path }) => ({ path: locate(path, target)!, sideEffects: false }))
        },
      },
    ],
  })
  return outputFiles[0]!.text
}

async function bundleWithRollup(code: string): Promise<string> {
  const plugin: Plugin = {
    name: 'rawgram',
    resolveId(id, importer) {
      if (id === 'program') return id
      const path = locate(id) ?? (importer !== undefined && id.startsWith('.') ? join(dirname(importer), id) : undefined)
      return path === undefined ? null : { id: path, moduleSideEffects: false } // as package.json says: `sideEffects: false`
    },
    load: (id) => (id === 'program' ? code : null),
  }
  const bundle = await rollup({ input: 'program', plugins: [plugin], external: ['big-integer', 'ws'], onwarn: () => {} })
  const { output } = await bundle.generate({ format: 'esm' })
  const { code: minified } = await transform(output[0].code, { minify: true, format: 'esm', target: 'es2022' })
  return minified
}

export interface Measured extends Budget {
  readonly bytes: number
}

export async function measureSizes(): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const budget of BUDGETS) {
    const bundle = await (budget.bundler === 'esbuild' ? bundleWithEsbuild(budget.code, budget.target) : bundleWithRollup(budget.code))
    measured.push({ ...budget, bytes: gzipSync(bundle, { level: 9 }).length })
  }
  return measured
}

if (process.argv[1]?.endsWith('check-size.ts')) {
  const measured = await measureSizes()
  for (const { what, bundler, bytes, limit } of measured) {
    const verdict = bytes <= limit ? 'ok' : 'OVER BUDGET'
    console.log(`${String(bytes).padStart(8)} of ${String(limit).padStart(7)} bytes  ${verdict.padEnd(11)}  ${what} (${bundler})`)
  }
  process.exitCode = measured.every(({ bytes, limit }) => bytes <= limit) ? 0 : 1
}
