import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCatalog } from '../../codegen/docs/input.js'
import type { Method, TypeRef } from '../../codegen/ir/ir.js'
import * as Api from '../../generated/api/index.js'
import { TelegramClient } from '../../src/client/telegram-client.js'
import { isRpcError } from '../../src/errors/rpc-error.js'
import type { MethodClass } from '../../src/server/services/context.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { synthesise } from '../../src/server/synthesis/synthesise.js'
import { StringSession } from '../../src/session/string-session.js'
import { TlObject, TlRequest } from '../../src/tl/object.js'
import { pageExamples } from './examples.js'

const SEED = Number(process.env['RAWGRAM_SEED'] ?? 1)
/** Calls under way at once. */
const AT_ONCE = 16
/** The server holds these back until the message that they name has been answered, and there is no such message. */
const WAITING_FOR_NOTHING = new Map([
  ['method/invokeAfterMsg', 'MSG_WAIT_TIMEOUT'],
  ['method/invokeAfterMsgs', 'MSG_WAIT_TIMEOUT'],
])

const { index } = loadCatalog()

/** The call of an example, from the text of its page. */
function requestOf(source: string): TlRequest<unknown> {
  const [, expression] = /client\.invoke\(([\s\S]*)\);\n {4}console\.log\(result\)/.exec(source) ?? []
  if (expression === undefined) throw new Error(`no call in the example:\n${source}`)
  const build = new Function('Api', 'Buffer', 'BigInt', `return ${expression}`) as (
    ...given: unknown[]
  ) => TlRequest<unknown>
  return build(Api, Buffer, BigInt)
}

/** Whether a value is what TL says of the result: the right boxed type, or a list of the right items. */
function fits(value: unknown, type: TypeRef): boolean {
  switch (type.kind) {
    case 'boxed':
      return value instanceof TlObject && value.SUBCLASS_OF_ID === crc32(type.type)
    case 'vector':
      return Array.isArray(value) && value.every((item) => fits(item, type.item))
    case 'primitive':
      if (type.name === 'Bool') return typeof value === 'boolean'
      if (type.name === 'int') return typeof value === 'number'
      return type.name === 'long' ? typeof value === 'object' : typeof value === 'string'
    default:
      // The wrappers of the pages hold help.getConfig, whose result is their own.
      return value instanceof Api.Config
  }
}

describe('the examples of all methods, over MTProto', () => {
  let server: TelegramServer
  let client: TelegramClient

  beforeAll(async () => {
    server = await startServer({ unhandled: 'synthesise', seed: SEED })
    server.world.addChannel({ title: 'A channel', username: 'channelname' })
    const session = new StringSession(server.login({ username: 'username' }))
    client = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey] })
    await client.connect()
    // The names in the examples are looked up in earnest, once; the client remembers them.
    for (const name of ['channelname', 'username']) await client.getInputEntity(name)
    // What the server answers in earnest would refuse invented arguments: from here on all answers are made up.
    for (const { qualifiedName } of index.methods.values()) {
      server.handle(classOf(qualifiedName), (request) => synthesise(request, SEED))
    }
  })

  afterAll(async () => {
    await client?.destroy()
    await server?.close()
  })

  it('run, and return the type that their page names', async () => {
    const examples = pageExamples().filter(({ page }) => page.startsWith('method/'))
    const faults: string[] = []
    const refused: string[] = []
    let answered = 0
    const queue = examples[Symbol.iterator]()
    const worker = async (): Promise<void> => {
      for (const { page, typescript } of queue) {
        const method = index.methods.get(page.slice('method/'.length)) as Method
        try {
          const result = await client.invoke(requestOf(typescript))
          if (fits(result, method.result)) answered += 1
          else faults.push(`${page}: ${describeValue(result)} is no ${method.line.replace(/^.*= /, '')}`)
        } catch (error) {
          if (isRpcError(error) && error.type === WAITING_FOR_NOTHING.get(page)) refused.push(page)
          else faults.push(`${page}: ${String(error)}`)
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    console.log(`${answered} of ${examples.length} examples returned the type that their page names (seed ${SEED})`)
    console.log(`refused, as they have to be: ${refused.join(', ')}`)
    expect(faults).toEqual([])
    expect(refused.sort()).toEqual([...WAITING_FOR_NOTHING.keys()])
    expect(answered + refused.length).toBe(index.methods.size)
  })
})

function classOf(qualifiedName: string): MethodClass<TlRequest<unknown>> {
  let found: unknown = Api
  for (const part of qualifiedName.split('.')) found = (found as Record<string, unknown>)[part]
  return found as MethodClass<TlRequest<unknown>>
}

function describeValue(value: unknown): string {
  return value instanceof TlObject ? value.className : JSON.stringify(value)
}
