// Runs before `npm start` and `npm test`, on a fresh clone too: nothing but Node is needed.
// Installs from the lockfile when node_modules is missing or older than it, then builds what changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`rawgram needs Node 20.19 or later; this is ${process.version} (${process.execPath})`)
  process.exit(1)
}

const stampFolder = join(root, 'node_modules', '.rawgram')

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
}

/**
 * Runs `work`, which makes the folder `output`, unless that is there and the stamp `name` says that it was made of the same
 * inputs. While the work is under way there is no stamp, so that what is left of it after an interrupt is made anew.
 */
function once(name, output, hash, work) {
  const stamp = join(stampFolder, name)
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  rmSync(stamp, { force: true })
  const startedMs = performance.now()
  process.stdout.write(`${name} ... `)
  work()
  mkdirSync(stampFolder, { recursive: true })
  writeFileSync(stamp, hash)
  console.log(`${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 1 << 28,
  })
  if (status === 0) return
  console.log('failed')
  console.error(`${command} ${args.join(' ')}`)
  console.error(error ? error.message : `${stdout}${stderr}`)
  process.exit(status ?? 1)
}

once('install', 'node_modules', hashOf(['package-lock.json']), () => run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']))
const tsx = join(root, 'node_modules', '.bin', 'tsx')
once('generate', 'generated', hashOf(['package-lock.json', ...filesUnder('tl'), ...filesUnder('codegen')]), () => run(tsx, ['scripts/generate.ts']))
once(
  'build',
  'dist',
  hashOf(['package.json', 'package-lock.json', ...filesUnder('scripts'), ...filesUnder('src'), ...filesUnder('codegen'), ...filesUnder('generated')]),
  () => run(tsx, ['scripts/build.ts']),
)
