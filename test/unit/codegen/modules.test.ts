import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { emitModules } from '../../../codegen/emit/emit-modules.js'
import { errorType } from '../../../codegen/modules/error-types.js'
import { filePath, kebabCase } from '../../../codegen/modules/file-names.js'
import { isMoment } from '../../../codegen/modules/moments.js'
import { planModules } from '../../../codegen/modules/plan.js'
import type { ModulePlan } from '../../../codegen/modules/plan.js'
import { api, mtproto } from '../../roundtrip/schema.js'

const OPTIONS = {
  long: 'bigint',
  wide: 'bytes',
  entityLike: false,
  runtime: { entry: 'rawgram/runtime' },
  provenance: 'Generated for a test.',
} as const

function planOf(text: string): ModulePlan {
  const { schema, diagnostics, ok } = compileSchema([{ name: 'test.tl', text }])
  expect(ok, diagnostics.map(({ message }) => message).join('\n')).toBe(true)
  return planModules(schema, OPTIONS)
}

const emit = (text: string): ReadonlyMap<string, string> => emitModules(planOf(text))
const plan = planModules(api.index.schema, { ...OPTIONS, entityLike: true })

describe('the module plan', () => {
  it('names files after what is in them', () => {
    expect(kebabCase('P_Q_inner_data')).toBe('p-q-inner-data')
    expect(kebabCase('getExportedChatInvites')).toBe('get-exported-chat-invites')
    expect(kebabCase('reqDHParams')).toBe('req-dh-params')
    expect(filePath('messages.getDialogs', 'methods')).toBe('messages/methods/get-dialogs.ts')
    expect(filePath('InputPeer', 'types')).toBe('types/input-peer.ts')
  })

  it('puts types that refer to each other in a circle into one file, and every other type into its own', () => {
    const shared = plan.typeFiles.filter(({ types }) => types.length > 1)
    expect(shared).toHaveLength(3)
    expect(plan.typeFiles.flatMap(({ types }) => types)).toHaveLength(api.index.schema.types.length)
  })

  it('gives types and methods whose names differ in case alone files of their own', () => {
    const twins = planOf('a = HTTPServer;\nb = HttpServer;\nc = Index;\ntypes.d = types.D;\n')
    const paths = twins.typeFiles.map(({ path }) => path)
    expect(paths).toEqual(['types/http-server-2.ts', 'types/http-server.ts', 'types/index-2.ts', 'types/types/d.ts'])
  })

  it('leaves out what only a parser by hand can read', () => {
    expect(planModules(mtproto.index.schema, OPTIONS).skipped).toEqual(['message', 'msg_container', 'msg_copy', 'gzip_packed', 'rpc_result'])
    expect(plan.skipped).toEqual([])
  })

  it('knows the least that each type takes', () => {
    const size = (type: string): number => plan.minSize({ kind: 'boxed', type })
    expect(size('InputPeer')).toBe(4)
    expect(size('Peer')).toBe(12)
    expect(size('DataJSON')).toBe(8)
    expect(size('MessageEntity')).toBe(12)
    expect(plan.minSize({ kind: 'vector', bare: false, item: { kind: 'boxed', type: 'Peer' } })).toBe(8)
    expect(plan.minSize({ kind: 'primitive', name: 'int256' })).toBe(32)
  })

  it('knows no least size of a type that holds itself and cannot do without, and comes to an end', () => {
    const { minSize } = planOf('node next:Node = Node;\nlist items:Vector<Node> = List;\nleaf = Tree;\nfork a:Tree b:Tree = Tree;\n')
    expect(minSize({ kind: 'boxed', type: 'Node' })).toBe(Infinity)
    expect(minSize({ kind: 'boxed', type: 'List' })).toBe(12)
    expect(minSize({ kind: 'boxed', type: 'Tree' })).toBe(4)
    expect(minSize({ kind: 'bare', combinator: 'fork' })).toBe(8)
  })

  it('finds the form that each InputUser and InputChannel has as an InputPeer', () => {
    expect(Object.fromEntries([...plan.peerForms].map(([from, to]) => [from, to.tlName]))).toEqual({
      inputChannel: 'inputPeerChannel',
      inputChannelEmpty: 'inputPeerEmpty',
      inputChannelFromMessage: 'inputPeerChannelFromMessage',
      inputUser: 'inputPeerUser',
      inputUserEmpty: 'inputPeerEmpty',
      inputUserFromMessage: 'inputPeerUserFromMessage',
      inputUserSelf: 'inputPeerSelf',
    })
  })

  it('takes a Date for moments, and not for durations and counts', () => {
    const names = (wanted: boolean): Set<string> =>
      new Set(
        api.index.schema.combinators.flatMap(({ params }) =>
          params.filter((param) => param.type.kind === 'primitive' && param.type.name === 'int' && isMoment(param) === wanted),
        ).map((param) => param.tlName),
      )
    const moments = names(true)
    for (const name of ['date', 'offset_date', 'expires', 'until_date', 'mute_until', 'valid_until', 'can_export_at', 'schedule_date']) {
      expect(moments, name).toContain(name)
    }
    const others = names(false)
    for (const name of ['limit', 'expires_in', 'period', 'ttl_period', 'offset', 'duration', 'slowmode_seconds', 'online_update_period_ms']) {
      expect([...moments], name).not.toContain(name)
    }
    expect(others.size).toBeGreaterThan(moments.size)
  })

  it('takes the argument out of the type of an error', () => {
    expect(errorType('FLOOD_WAIT_%d')).toBe(`'FLOOD_WAIT'`)
    expect(errorType('FILE_REFERENCE_%d_EXPIRED')).toBe(`'FILE_REFERENCE_EXPIRED'`)
    expect(errorType('2FA_CONFIRM_WAIT_%d')).toBe(`'2FA_CONFIRM_WAIT'`)
    expect(errorType('PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_%dMIN')).toBe('`PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_${number}MIN`')
  })
})

describe('the emitted code', () => {
  const files = emit(`// LAYER 7
point x:int y:int = Point;
pair flags:# bold:flags.0?true first:flags.1?Point second:flags.1?Bool rest:flags.3?Vector<long> path:vector<%Point> = Pair;
---functions---
geo.send point:Point = Bool;
geo.wrap {X:Type} query:!X = X;
`)

  it('is one file per type and method, with an index for each namespace and a registry', () => {
    expect([...files.keys()].sort()).toEqual([
      'aliases.ts',
      'decode.ts',
      'geo/index.ts',
      'geo/methods/send.ts',
      'geo/methods/wrap.ts',
      'geo/registry/requests.ts',
      'geo/registry/results.ts',
      'index.ts',
      'layer.ts',
      'read-request.ts',
      'registry.ts',
      'registry/constructors.ts',
      'types/pair.ts',
      'types/point.ts',
    ])
  })

  it('writes a flag word as one expression, ties fields that share a bit, and writes each field by its bit', () => {
    const text = files.get('types/pair.ts')!
    expect(text).toContain(`    const flags =
      (isSet(this.bold) ? 1 << 0 : 0) |
      (tied(this.first != null, this.second != null) ? 1 << 1 : 0) |
      (this.rest != null ? 1 << 3 : 0)
    w.flags(flags)
    if (flags & (1 << 1)) w.boxed(this.first, 'Point')
    if (flags & (1 << 1)) writeBool(w, this.second)
    if (flags & (1 << 3)) writeVector(w, this.rest, writeLong)
    writeBareVector(w, this.path, (w, item) => writeBare(w, item, Point))
`)
    expect(text).toContain(`  constructor(args: {
    bold?: boolean | undefined
    rest?: bigint[] | undefined
    path: Point[]
  } & (
    | { first: TypePoint; second: boolean }
    | { first?: undefined; second?: undefined }
  )) {
`)
  })

  it('reads fields in wire order into one object', () => {
    expect(files.get('types/pair.ts')).toContain(`export function readPair(r: Reader): Pair {
  const value = r.open(new Pair(DECODED))
  const flags = r.flags()
  value.bold = (flags & (1 << 0)) !== 0
  value.first = (flags & (1 << 1)) !== 0 ? readTypePoint(r) : undefined
  value.second = (flags & (1 << 1)) !== 0 ? r.bool() : undefined
  value.rest = (flags & (1 << 3)) !== 0 ? readVector(r, readBigint, 8) : undefined
  value.path = readBareVector(r, readPoint, 8)
  return r.close(value)
}
`)
  })

  it('makes a wrapper answer what the call inside it does', () => {
    const text = files.get('geo/methods/wrap.ts')!
    expect(text).toContain('export class Wrap<X = unknown, Raises extends string = string> extends TlRequest<X, Raises> {')
    expect(text).toContain('constructor(args: { query: TlRequest<X, Raises> }) {')
    expect(files.get('geo/registry/results.ts')).toContain('add(Send, readBool)')
    expect(files.get('geo/registry/results.ts')).not.toContain('Wrap')
  })

  it('takes the runtime from where it is told to', () => {
    expect(files.get('types/point.ts')).toContain(`import { DECODED, type Reader, TlObject, type Writer, refuseUnknown } from 'rawgram/runtime'`)
  })

  it('makes room for a class that is called as something of the runtime, a global or an alias of the root', () => {
    const hostile = emit('// LAYER 7\nwriter x:int = Writer;\ntlObject = TlObject;\nuint8Array x:bytes = Uint8Array;\nx = X;\n')
    expect(hostile.get('types/writer.ts')).toContain('type Writer as Writer_')
    expect(hostile.get('types/writer.ts')).toContain('override write(w: Writer_): void {')
    expect(hostile.get('types/tl-object.ts')).toContain('export class TlObject extends TlObject_ {')
    expect(hostile.get('types/uint8-array.ts')).toContain('args: { x: globalThis.Uint8Array }')
    expect(hostile.get('index.ts')).toContain("export { X } from './types/x.js'")
    expect(hostile.get('index.ts')).toContain("export type { AnyObject, AnyRequest, Bool, bytes, double, int, int128, int256, long } from './aliases.js'")
  })

  it('imports nothing that it does not use', () => {
    for (const [path, text] of emit('---functions---\nping = Bool;\n')) {
      for (const [, names = ''] of text.matchAll(/import (?:type )?\{([^}]*)\}/g)) {
        for (const name of names.split(',').map((each) => each.trim().replace(/^type |^.* as /, ''))) {
          expect(text.split(new RegExp(`\\b${name}\\b`)).length, `${path}: ${name}`).toBeGreaterThan(2)
        }
      }
    }
  })

  it('renames the import of a type whose name the file has already', () => {
    const twins = emit('status = Status;\ngeo.status inner:Status = geo.Status;\n')
    const text = twins.get('geo/types/status.ts')!
    expect(text).toContain(`import { type TypeStatus as TypeRootStatus, readTypeStatus as readTypeRootStatus } from '../../types/status.js'`)
    expect(text).toContain('value.inner = readTypeRootStatus(r)')
  })

  it('keeps to the house style: no semicolons, no tabs, nothing behind the last character of a line', () => {
    for (const [path, text] of files) {
      for (const line of text.split('\n')) {
        expect(line, path).not.toMatch(/\s$|\t/)
        if (!/^\s*(\*|\/\/|\/\*)/.test(line)) expect(line, path).not.toMatch(/;$/)
      }
    }
  })
})
