import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Where Debian's package puts it. */
const EXECUTABLE = '/usr/bin/chromium'
const INSTALL_TIMEOUT_MS = 300_000

/** Nothing that would talk to anybody, and nothing that needs a screen or a user. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type ChromiumLookup = { readonly path: string } | { readonly reason: string }

let known: ChromiumLookup | undefined

/** Finds Chromium; installs Debian's package where it is missing and this process may, or says why it cannot. */
export function findChromium(): ChromiumLookup {
  known ??= lookUp()
  return known
}

function lookUp(): ChromiumLookup {
  if (existsSync(EXECUTABLE)) return { path: EXECUTABLE }
  if (process.platform !== 'linux') return { reason: `no ${EXECUTABLE}, and this is not Linux` }
  if (process.getuid?.() !== 0) return { reason: `no ${EXECUTABLE}, and only root may install the package chromium` }
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status, stderr, error } = spawnSync('apt-get', ['-q', ...command], {
      encoding: 'utf8',
      timeout: INSTALL_TIMEOUT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (status !== 0) {
      const said = error?.message ?? stderr.trim().split('\n').at(-1) ?? `status ${status}`
      return { reason: `apt-get ${command[0]} failed: ${said}` }
    }
  }
  return existsSync(EXECUTABLE) ? { path: EXECUTABLE } : { reason: `the package chromium brought no ${EXECUTABLE}` }
}

/** @throws {Error} when there is no Chromium; ask {@link findChromium} first. The caller closes the browser. */
export async function launchChromium(): Promise<Browser> {
  const found = findChromium()
  if ('reason' in found) throw new Error(found.reason)
  return chromium.launch({ executablePath: found.path, args: ARGUMENTS, timeout: 120_000 })
}
