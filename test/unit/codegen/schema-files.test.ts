import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import type { ErrorTable } from '../../../codegen/ir/error-table.js'
import { indexSchema } from '../../../codegen/ir/lookup.js'
import { keyFingerprint } from '../../../codegen/schema-import/server-keys.js'
import type { ServerKeys } from '../../../codegen/schema-import/server-keys.js'
import { DiagnosticList, renderDiagnostic } from '../../../codegen/text/diagnostic.js'
import { parseSchema } from '../../../codegen/text/parser.js'
import { formatId, printSchema } from '../../../codegen/text/printer.js'
import type { SourceText } from '../../../codegen/text/source.js'

const require = createRequire(import.meta.url)
const readText = (file: string): SourceText => ({ name: file, text: readFileSync(`tl/${file}`, 'utf8') })
const errors = JSON.parse(readFileSync('tl/errors.json', 'utf8')) as ErrorTable

const api = compileSchema([readText('api.tl')], { errors })
const service = compileSchema([readText('mtproto.tl')])

function reprinted(source: SourceText): string {
  return printSchema(parseSchema(source, new DiagnosticList()))
}

describe('tl/api.tl', () => {
  it('is sound, and every number is the CRC-32 of its line', () => {
    expect(api.diagnostics.map(renderDiagnostic)).toEqual([])
    expect(api.schema.layer).toBe(228)
    expect(api.schema.combinators.filter((combinator) => !combinator.crcVerified)).toEqual([])
    const methods = api.schema.combinators.filter((combinator) => combinator.kind === 'method').length
    expect([api.schema.combinators.length - methods, methods]).toEqual([1639, 807])
  })

  it('is canonical: printing it gives it back', () => {
    expect(reprinted(readText('api.tl'))).toBe(readText('api.tl').text)
  })

  it('has three circles of types', () => {
    const circles = api.schema.groups.filter((group) => group.types.length > 1)
    expect(circles.map((group) => group.types.length).sort()).toEqual([2, 3, 9])
    expect(circles.find((group) => group.types.includes('JSONValue'))?.types).toEqual(['JSONObjectValue', 'JSONValue'])
  })

  it('knows who may call the method of the reference page and what it raises', () => {
    const method = indexSchema(api.schema).methods.get('messages.getExportedChatInvites')!
    expect(formatId(method.id)).toBe('a2b5a3f6')
    expect(method.callableBy).toBe('user')
    expect(method.errors).toContainEqual({ name: 'CHAT_WRITE_FORBIDDEN', code: 403 })
    expect(method.flagWords[0]!.bits).toEqual([
      { bit: 2, fields: ['offsetDate', 'offsetLink'], tied: true },
      { bit: 3, fields: ['revoked'], tied: false },
    ])
  })

  it('gives each class the names and numbers that the classes of `telegram` have', () => {
    type Published = { readonly CONSTRUCTOR_ID: number; readonly SUBCLASS_OF_ID: number; readonly className: string; readonly classType: string }
    const { tlobjects } = require('telegram/tl/AllTLObjects') as { readonly tlobjects: Readonly<Record<string, Published>> }
    const { byId } = indexSchema(api.schema)
    let compared = 0
    for (const published of Object.values(tlobjects)) {
      const own = byId.get(published.CONSTRUCTOR_ID)
      if (own === undefined) continue
      compared++
      expect({
        className: own.qualifiedName,
        classType: own.kind === 'method' ? 'request' : 'constructor',
        subclass: own.subclassId,
      }).toEqual({ className: published.className, classType: published.classType, subclass: published.SUBCLASS_OF_ID })
    }
    expect(compared).toBeGreaterThan(1500)
  })
})

describe('tl/mtproto.tl', () => {
  it('is sound, verified and canonical', () => {
    expect(service.diagnostics.map(renderDiagnostic)).toEqual([])
    expect(service.schema.combinators.filter((combinator) => !combinator.crcVerified)).toEqual([])
    expect(reprinted(readText('mtproto.tl'))).toBe(readText('mtproto.tl').text)
  })

  it('has every service definition, calls apart from objects', () => {
    const names = (kind: 'constructor' | 'method'): string[] =>
      service.schema.combinators.filter((combinator) => combinator.kind === kind).map((combinator) => combinator.tlName).sort()
    expect(names('method')).toEqual([
      'destroy_auth_key', 'destroy_session', 'get_future_salts', 'ping', 'ping_delay_disconnect', 'req_DH_params',
      'req_pq', 'req_pq_multi', 'rpc_drop_answer', 'set_client_DH_params',
    ])
    expect(names('constructor')).toEqual([
      'bad_msg_notification', 'bad_server_salt', 'bind_auth_key_inner', 'client_DH_inner_data', 'destroy_auth_key_fail',
      'destroy_auth_key_none', 'destroy_auth_key_ok', 'destroy_session_none', 'destroy_session_ok', 'dh_gen_fail',
      'dh_gen_ok', 'dh_gen_retry', 'future_salt', 'future_salts', 'gzip_packed', 'http_wait', 'message', 'msg_container',
      'msg_copy', 'msg_detailed_info', 'msg_new_detailed_info', 'msg_resend_req', 'msgs_ack', 'msgs_all_info',
      'msgs_state_info', 'msgs_state_req', 'new_session_created', 'p_q_inner_data', 'p_q_inner_data_dc',
      'p_q_inner_data_temp', 'p_q_inner_data_temp_dc', 'pong', 'resPQ', 'rpc_answer_dropped',
      'rpc_answer_dropped_running', 'rpc_answer_unknown', 'rpc_error', 'rpc_result', 'server_DH_inner_data',
      'server_DH_params_fail', 'server_DH_params_ok',
    ])
  })

  it('gives binary values the type bytes', () => {
    const { constructors } = indexSchema(service.schema)
    const typeOf = (name: string, field: string): unknown => constructors.get(name)!.params.find((param) => param.name === field)!.type
    expect(typeOf('resPQ', 'pq')).toEqual({ kind: 'primitive', name: 'bytes' })
    expect(typeOf('server_DH_inner_data', 'gA')).toEqual({ kind: 'primitive', name: 'bytes' })
    expect(typeOf('rpc_error', 'errorMessage')).toEqual({ kind: 'primitive', name: 'string' })
  })
})

describe('tl/errors.json', () => {
  it('names each error that a method raises, and no method that the layer lacks', () => {
    const { methods } = indexSchema(api.schema)
    for (const [name, facts] of Object.entries(errors.methods)) {
      expect(methods.has(name), name).toBe(true)
      for (const error of Object.keys(facts.errors)) expect(errors.errors[error], error).toBeDefined()
    }
  })
})

describe('tl/server-keys.json', () => {
  it('each key has the fingerprint that it is listed under', () => {
    const { keys } = JSON.parse(readFileSync('tl/server-keys.json', 'utf8')) as ServerKeys
    expect(keys.map(({ environment, fingerprint }) => [environment, fingerprint])).toEqual([
      ['production', 'd09d1d85de64fd85'],
      ['test', 'b25898df208d2603'],
    ])
    for (const { fingerprint, pem } of keys) expect(keyFingerprint(pem)).toBe(fingerprint)
  })
})

/** Lines of other texts that carry a number on purpose which is not theirs: old or shortened definitions under new names. */
const RENAMED: Readonly<Record<string, readonly string[]>> = {
  'tdesktop.mtproto.tl': ['ipPortSecret', 'accessPointRule', 'help.configSimple'],
  'tdlib-layer228.api.tl': [
    'ipPortSecret', 'accessPointRule', 'help.configSimple', 'inputPeerPhotoFileLocationLegacy', 'inputStickerSetThumbLegacy',
    'invokeWithBusinessConnectionPrefix', 'invokeWithGooglePlayIntegrityPrefix', 'invokeWithApnsSecretPrefix', 'invokeWithReCaptchaPrefix',
  ],
  'tdlib.mtproto.tl': ['gzip_packed'],
  'tdlib.secret.tl': [
    'decryptedMessage8', 'decryptedMessageService8', 'decryptedMessageMediaPhoto8', 'decryptedMessageMediaVideo8',
    'decryptedMessageMediaDocument8', 'decryptedMessageMediaAudio8', 'decryptedMessage23', 'decryptedMessageMediaVideo23',
    'documentAttributeSticker23', 'documentAttributeVideo23', 'documentAttributeAudio23', 'documentAttributeAudio45',
    'decryptedMessage46', 'decryptedMessageMediaDocument46', 'decryptedMessageMediaDocument',
  ],
}

const folder = process.env.RAWGRAM_SCHEMAS ?? '../shared/schemas'
const texts = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.tl')) : []
if (texts.length === 0) console.log(`schema texts of other projects: none in ${folder} (set RAWGRAM_SCHEMAS), so they are not compared`)

describe.runIf(texts.length > 0)('schema texts of other projects', () => {
  it.each(texts)('%s parses, verifies and survives printing', (file) => {
    const source = { name: file, text: readFileSync(`${folder}/${file}`, 'utf8') }
    const { schema, diagnostics } = compileSchema([source], { acceptedNumbers: RENAMED[file] ?? [] })
    expect(diagnostics.map(renderDiagnostic)).toEqual([])
    const unverified = schema.combinators.filter((combinator) => !combinator.crcVerified).map((combinator) => combinator.tlName)
    expect(unverified.sort()).toEqual([...(RENAMED[file] ?? [])].sort())
    const again = { name: file, text: reprinted(source) }
    expect(compileSchema([again], { acceptedNumbers: RENAMED[file] ?? [] }).schema).toEqual(schema)
    expect(reprinted(again)).toBe(again.text)
  })
})
