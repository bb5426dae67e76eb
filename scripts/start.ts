/**
 * `npm start`: the whole way once, on this machine alone. The schema is compiled, the embedded server starts on a free
 * port, and the example of the reference page runs against it over TCP and over WebSocket. Nothing is left running.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { Api, TelegramClient } from 'rawgram'
import { startServer, type TelegramServer } from 'rawgram/server'
import { ConnectionTCPObfuscated } from 'rawgram/network'
import { PromisedWebSockets } from 'rawgram/extensions'
import { StringSession } from 'rawgram/sessions'
import { compileSchema } from '../codegen/compile-schema.js'
import { generateProject } from '../codegen/generate-project.js'
import type { ErrorTable } from '../codegen/ir/error-table.js'
import type { Schema } from '../codegen/ir/ir.js'
import { decodeWithSpans } from '../codegen/wire/decode.js'
import { Definitions } from '../codegen/wire/definitions.js'
import { endWithReader } from '../src/cli/closed-pipe.js'
import { formatSpans } from '../src/cli/format-spans.js'
import { root } from './entries.js'

endWithReader()

const PHONE = '+9996620001' // the account `username` of the server's first world
const CODE = '12345'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const ms = (sinceMs: number): string => `${(performance.now() - sinceMs).toFixed(0)} ms`
const title = (text: string): void => console.log(`\n${styleText('bold', text)}`)
const indent = (text: string): string => text.replace(/^/gm, '  ')

function compile(): Definitions {
  title('1  The schema, compiled')
  const startedMs = performance.now()
  const errors = JSON.parse(read('tl/errors.json')) as ErrorTable
  const texts = { api: read('tl/api.tl'), mtproto: read('tl/mtproto.tl') }
  const schemas = (['api', 'mtproto'] as const).map((name) => {
    const { schema } = compileSchema([{ name: `tl/${name}.tl`, text: texts[name] }], { errors })
    console.log(`  tl/${name}.tl`.padEnd(18), summary(schema))
    return schema
  })
  const files = generateProject({ ...texts, errors })
  const bytes = [...files.values()].reduce((total, text) => total + text.length, 0)
  console.log(`  generated/`.padEnd(18), `${files.size} files, ${(bytes / 1e6).toFixed(1)} MB of TypeScript, in ${ms(startedMs)}`)
  return new Definitions(schemas)
}

function summary({ layer, combinators }: Schema): string {
  const methods = combinators.filter(({ kind }) => kind === 'method').length
  const verified = combinators.filter(({ crcVerified }) => crcVerified).length
  return `${layer === undefined ? '' : `layer ${layer}: `}${combinators.length - methods} constructors, ${methods} methods, CRC-32 of ${verified} verified`
}

/** The call of the reference page. */
function request(peer: Api.TypeEntityLike, adminId: Api.TypeEntityLike): Api.messages.GetExportedChatInvites {
  return new Api.messages.GetExportedChatInvites({
    peer,
    adminId,
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })
}

function showBytes(definitions: Definitions): void {
  title('2  The request, byte by byte')
  const bytes = request(new Api.InputPeerSelf(), new Api.InputUserSelf()).getBytes()
  console.log(indent(formatSpans(decodeWithSpans(bytes, definitions).spans, bytes)))
}

async function call(server: TelegramServer, how: 'TCP' | 'WebSocket'): Promise<Api.messages.TypeExportedChatInvites> {
  const session = new StringSession('')
  session.setDC(2, server.host, server.port)
  const client = new TelegramClient(session, 1, 'api hash', { serverKeys: [server.publicKey], ...(how === 'WebSocket' ? { networkSocket: PromisedWebSockets, connection: ConnectionTCPObfuscated } : {}) })
  try {
    const startedMs = performance.now()
    await client.connect()
    console.log(`  ${how.padEnd(10)} key exchange in ${ms(startedMs)}`)
    await client.start({ phoneNumber: PHONE, phoneCode: async () => CODE, onError: (error) => { throw error } })
    const calledMs = performance.now()
    const result = await client.invoke(request('username', 'username'))
    console.log(`  ${''.padEnd(10)} logged in as @username, answered in ${ms(calledMs)} (with contacts.resolveUsername before it)`)
    return result
  } finally {
    await client.destroy()
  }
}

const definitions = compile()
showBytes(definitions)
const server = await startServer({ port: 0, strict: true })
try {
  title(`3  The call, over MTProto, to the embedded server on ${server.host}:${server.port}`)
  await call(server, 'TCP')
  const result = await call(server, 'WebSocket')
  title('4  The answer')
  console.log(result)
  for (const { code, what } of server.violations) console.log(`the client broke the protocol: ${code} ${what}`)
} finally {
  await server.close()
}
