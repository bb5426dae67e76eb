/**
 * Checks the house's import rules, type imports included:
 * a file imports only from its own room or from a lower rank, there is no cycle between files, every package is declared,
 * and `node:` modules stay in the rooms that run on Node alone. One thing is allowed: within a room types may know each
 * other (`import type`), as a client knows its messages and a message its client; nothing of that is left when it runs.
 * Prints each finding; exits with 1 when there is one.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFiles } from './files.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const RANKS: readonly (readonly [rank: number, rooms: readonly string[]])[] = [
  [9, ['src/entry']],
  [8, ['src/cli']],
  [7, ['src/client', 'src/server']],
  [6, ['src/connection', 'src/entities', 'src/updates']],
  [5, ['src/mtproto']],
  [4, ['src/transport', 'src/session']],
  [3, ['generated', 'src/crypto', 'src/net']],
  [2, ['src/tl', 'src/config']],
  [1, ['src/bytes', 'src/errors', 'src/platform']],
]
/** Rooms that run on Node alone; elsewhere `node:` is for files named `*.node.ts`. */
const NODE_ROOMS = ['src/server', 'src/cli', 'codegen']
const TYPE_IMPORT = /^\s*(?:import|export)\s+type\s[^'"]*?\sfrom\s*['"]([^'"]+)['"]/gm
const IMPORT = /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

interface Finding {
  readonly file: string
  readonly what: string
}

/** Import specifiers of TypeScript text. Examples in comments do not count, nor does text that the file writes (`${...}`). */
function importsOf(text: string): string[] {
  return [...withoutComments(text).matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!).filter((specifier) => !specifier.includes('${'))
}

/** Those of them that are gone when the file runs. */
function typesOnly(text: string): string[] {
  return [...withoutComments(text).matchAll(TYPE_IMPORT)].map((match) => match[1]!)
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function roomOf(file: string): { room: string; rank: number } | undefined {
  for (const [rank, rooms] of RANKS) {
    for (const room of rooms) if (file.startsWith(`${room}/`)) return { room, rank }
  }
  return undefined
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

function checkFile(file: string, imports: readonly string[], declared: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = []
  const from = roomOf(file)
  const onNodeOnly = file.endsWith('.node.ts') || NODE_ROOMS.some((room) => file.startsWith(`${room}/`))
  for (const specifier of imports) {
    if (specifier.startsWith('node:')) {
      if (!onNodeOnly) findings.push({ file, what: `imports ${specifier}; only *.node.ts files and ${NODE_ROOMS.join(', ')} may` })
    } else if (!specifier.startsWith('.')) {
      if (!declared.has(packageOf(specifier))) findings.push({ file, what: `imports ${specifier}, which package.json does not declare` })
    } else {
      const target = relative(root, join(root, dirname(file), specifier))
      const to = roomOf(target)
      if (file.startsWith('codegen/') && !target.startsWith('codegen/')) {
        findings.push({ file, what: `imports ${target}; codegen imports its own folders only` })
      } else if (from && to && from.room !== to.room && to.rank >= from.rank) {
        findings.push({ file, what: `imports ${target}: rank ${to.rank} from rank ${from.rank}` })
      }
      if (/^(test|bench|scripts|examples)\//.test(target)) findings.push({ file, what: `imports ${target}, which is not part of the product` })
    }
  }
  return findings
}

/** Files on an import cycle, by Tarjan's algorithm, each cycle as one finding. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): Finding[] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const findings: Finding[] = []
  const visit = (file: string): void => {
    index.set(file, index.size)
    low.set(file, index.get(file)!)
    stack.push(file)
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) {
        visit(next)
        low.set(file, Math.min(low.get(file)!, low.get(next)!))
      } else if (stack.includes(next)) {
        low.set(file, Math.min(low.get(file)!, index.get(next)!))
      }
    }
    if (low.get(file) === index.get(file)) {
      const members = stack.splice(stack.indexOf(file))
      if (members.length > 1) findings.push({ file, what: `is on an import cycle: ${members.join(' -> ')}` })
    }
  }
  for (const file of graph.keys()) if (!index.has(file)) visit(file)
  return findings
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>
const declared = new Set(
  ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((section) => Object.keys(manifest[section] ?? {})),
)
const files = ['src', 'codegen', 'generated'].flatMap((folder) => listFiles(root, folder, '.ts'))
const known = new Set(files)
const graph = new Map<string, string[]>()
const findings: Finding[] = []
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8')
  const imports = importsOf(text)
  const types = new Set(typesOnly(text))
  findings.push(...checkFile(file, imports, declared))
  const targetOf = (specifier: string): string =>
    relative(root, join(root, dirname(file), specifier)).replace(/\.js$/, '.ts')
  const isAllowed = (specifier: string): boolean =>
    types.has(specifier) && roomOf(file) !== undefined && roomOf(targetOf(specifier))?.room === roomOf(file)?.room
  graph.set(
    file,
    imports
      .filter((specifier) => specifier.startsWith('.') && !isAllowed(specifier))
      .map(targetOf)
      .filter((target) => known.has(target)),
  )
}
findings.push(...findCycles(graph))
for (const { file, what } of findings) console.log(`${file}: ${what}`)
console.log(`imports: ${files.length} files, ${findings.length} findings`)
process.exitCode = findings.length === 0 ? 0 : 1
