/** Packs the package as npm would and asks publint and arethetypeswrong (profile esm-only) what is wrong with it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './entries.js'

/** Without them everything still works, and takes longer: nothing else would tell. */
const THREAD_PROGRAMS = ['dist/node/chunks/print-worker.js']

function run(command: string, args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  return { status, output: `${stdout}${stderr}` }
}

const folder = mkdtempSync(join(tmpdir(), 'rawgram-pack-'))
try {
  const packed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder])
  if (packed.status !== 0) throw new Error(`npm pack failed:\n${packed.output}`)
  const start = packed.output.indexOf('[\n')
  const [{ filename, size, unpackedSize, files }] = JSON.parse(packed.output.slice(start, packed.output.lastIndexOf(']') + 1)) as [
    { filename: string; size: number; unpackedSize: number; files: { path: string }[] },
  ]
  const foreign = files.map(({ path }) => path).filter((path) => !/^(dist\/(node|browser|compact|types)\/|tl\/|codegen\/docs\/assets\/|LICENSE$|README\.md$|package\.json$)/.test(path))
  console.log(`${filename}: ${files.length} files, ${(size / 1e6).toFixed(2)} MB packed, ${(unpackedSize / 1e6).toFixed(2)} MB unpacked`)
  const missing = THREAD_PROGRAMS.filter((program) => files.every(({ path }) => path !== program))
  const tarball = join(folder, filename)
  const findings = [
    foreign.length > 0 ? `files that do not belong in the package: ${foreign.join(', ')}` : '',
    missing.length > 0 ? `programs of threads that are not in the package: ${missing.join(', ')}` : '',
    ...(['publint', 'attw'] as const).map((tool) => {
      const bin = join(root, 'node_modules', '.bin', tool)
      const { status, output } = run(bin, tool === 'publint' ? ['--strict', tarball] : ['--profile', 'esm-only', '--format', 'ascii', tarball])
      return status === 0 ? '' : `${tool}:\n${output}`
    }),
  ].filter((finding) => finding !== '')
  for (const finding of findings) console.log(finding)
  console.log(findings.length === 0 ? 'publint and attw: nothing to say' : `${findings.length} findings`)
  process.exitCode = findings.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
