import { posix } from 'node:path'
import { StructureKind } from './kinds.js'
import type { ImportDeclarationStructure } from 'ts-morph'
import type { RuntimeLocation } from '../modules/options.js'

/** Modules of the runtime, each with the names that generated code takes from it. */
const RUNTIME: Readonly<Record<string, readonly string[]>> = {
  'argument-values': [
    'byteStringsOf',
    'bytesOf',
    'longOf',
    'longsOf',
    'randomLong',
    'randomLongs',
    'seconds',
    'Bytes',
    'DateLike',
  ],
  arguments: ['refuseUnknown'],
  flags: ['isSet', 'tied', 'tiedFields'],
  hooks: ['installReadHooks'],
  long: ['BigInteger', 'LongLike'],
  object: ['DECODED', 'TlClass', 'TlObject', 'TlRequest'],
  reader: ['Reader'],
  'read-long': ['readInt128', 'readInt256', 'readLong'],
  'read-vector': [
    'readBareVector',
    'readBigint',
    'readBool',
    'readBytes',
    'readDouble',
    'readInt',
    'readString',
    'readUint',
    'readVector',
  ],
  registry: ['ObjectRegistry', 'ReadFields', 'ReadRequest', 'ReadResult', 'RequestRegistry', 'ResultRegistry'],
  'write-bare': ['writeBare'],
  'write-long': ['writeLong'],
  'write-primitives': ['writeBool', 'writeBytes', 'writeDouble', 'writeInt', 'writeString', 'writeUint'],
  'write-query': ['writeQuery'],
  'write-vector': ['writeBareVector', 'writeObjects', 'writeVector'],
  'write-wide': ['writeInt128', 'writeInt256'],
  writer: ['Writer'],
}
/** Where paths are compared: nothing reaches above it, and the folder that the process happens to run in plays no part. */
const FAR_DOWN = '/a/b/c/d/e/f/g/h'
const RUNTIME_MODULE = new Map(Object.entries(RUNTIME).flatMap(([module, names]) => names.map((name) => [name, module])))

interface Imported {
  readonly name: string
  readonly local: string
  value: boolean
}

/** Collects what one file imports while its text is made, and names it so that nothing collides. */
export class Imports {
  readonly #file: string
  readonly #folder: string
  /** Paths relative to the output folder, as this file writes them. */
  readonly #specifiers = new Map<string, string>()
  readonly #runtime: RuntimeLocation
  readonly #modules = new Map<string, Map<string, Imported>>()
  readonly #taken: Set<string>

  /** `own` are the names that the file itself declares; both paths are relative to the output folder. */
  constructor(file: string, runtime: RuntimeLocation, own: Iterable<string>) {
    this.#file = file
    this.#folder = posix.join(FAR_DOWN, posix.dirname(file))
    this.#runtime = runtime
    this.#taken = new Set(own)
  }

  /** A name of the runtime. */
  runtime(name: string, use: 'value' | 'type' = 'value'): string {
    const module = RUNTIME_MODULE.get(name)
    if (module === undefined) throw new Error(`no module of the runtime exports ${name}`)
    const location = this.#runtime
    const specifier = 'entry' in location ? location.entry : this.#relative(`${location.folder}/${module}.ts`)
    return this.#add(specifier, name, use)
  }

  /** A name of another generated file; `prefix` tells it from a namesake. */
  generated(path: string, name: string, prefix: string, use: 'value' | 'type'): string {
    return path === this.#file ? name : this.#add(this.#relative(path), name, use, prefix)
  }

  /** A name that every program has, where the file's own names do not hide it. */
  global(name: string): string {
    return this.#taken.has(name) ? `globalThis.${name}` : name
  }

  structures(): ImportDeclarationStructure[] {
    const structures: ImportDeclarationStructure[] = []
    for (const [moduleSpecifier, names] of [...this.#modules].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const sorted = [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      const isTypeOnly = sorted.every(({ value }) => !value)
      const namedImports = sorted.map(({ name, local, value }) => ({
        name,
        ...(name !== local && { alias: local }),
        isTypeOnly: !isTypeOnly && !value,
      }))
      structures.push({ kind: StructureKind.ImportDeclaration, moduleSpecifier, isTypeOnly, namedImports })
    }
    return structures
  }

  #relative(path: string): string {
    let specifier = this.#specifiers.get(path)
    if (specifier === undefined) {
      const relative = posix.relative(this.#folder, posix.join(FAR_DOWN, path)).replace(/\.ts$/, '.js')
      specifier = relative.startsWith('.') ? relative : `./${relative}`
      this.#specifiers.set(path, specifier)
    }
    return specifier
  }

  #add(specifier: string, name: string, use: 'value' | 'type', prefix = ''): string {
    let names = this.#modules.get(specifier)
    if (names === undefined) this.#modules.set(specifier, (names = new Map()))
    let imported = names.get(name)
    if (imported === undefined) {
      const local = this.#free(name, prefix)
      this.#taken.add(local)
      names.set(name, (imported = { name, local, value: false }))
    }
    if (use === 'value') imported.value = true
    return imported.local
  }

  #free(name: string, prefix: string): string {
    let local = this.#taken.has(name) ? name.replace(/^(readType|Type|read|)(?=[A-Z])/, `$1${prefix}`) : name
    while (this.#taken.has(local)) local = `${local}_`
    return local
  }
}
