import { createRequire } from 'node:module'
import * as Api from '../../generated/api/index.js'
import { TelegramClient } from '../../src/entry/index.js'
import { StringSession } from '../../src/session/string-session.js'
import { gramBigInt } from '../support/gram-client.js'

const require = createRequire(import.meta.url)

/** Makes an object of either package: `make('messages.Messages', { ... })`; `bigint`s are as that package has them. */
export type Make = (name: string, fields?: Record<string, unknown>) => never
/** What the server answers to a request; the request's fields are those that both packages have. */
export type Script = (make: Make, request: { readonly className: string } & Record<string, unknown>) => unknown

/** A client that asks a script instead of a server, and what it has asked. */
export interface ScriptedClient<Client> {
  readonly client: Client
  readonly make: Make
  readonly asked: unknown[]
}

type Classes = Record<string, unknown>

function maker(namespace: Classes): Make {
  const own = (value: unknown): unknown => (typeof value === 'bigint' ? gramBigInt(value) : value)
  return (name, fields = {}) => {
    const Each = name.split('.').reduce<unknown>((inside, part) => (inside as Classes)[part], namespace) as new (args: object) => never
    return new Each(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, own(value)])))
  }
}

/** A value without what the two packages leave to chance, or say in different ways: absent, false and empty are alike. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof (value as { isNegative?: unknown }).isNegative === 'function') return String(value)
  const { className } = value as { className?: string }
  const fields = Object.entries(value).filter(
    ([name, each]) =>
      !/^(?:_|originalArgs$|CONSTRUCTOR_ID$|SUBCLASS_OF_ID$|classType$|className$|flags2?$|randomId$|hash$)/.test(name) &&
      each !== undefined && each !== null && each !== false && each !== '' && each !== 0 && !(Array.isArray(each) && each.length === 0),
  )
  return { className, ...Object.fromEntries(fields.map(([name, each]) => [name, plain(each)])) }
}

/** The same program for GramJS and for this package, with the same answers. */
export async function runBoth<Client>(
  script: Script,
  program: (client: Client, make: Make) => unknown,
): Promise<{ readonly asked: unknown[]; readonly result: unknown }[]> {
  const gram = require('telegram') as { Api: Classes; TelegramClient: new (...args: unknown[]) => { setLogLevel(level: string): void } }
  const { StringSession: TheirSession } = require('telegram/sessions') as { StringSession: new (text: string) => object }
  const theirs = new gram.TelegramClient(new TheirSession(''), 1, 'hash', {})
  theirs.setLogLevel('none')
  const ours = new TelegramClient(new StringSession(''), 1, 'hash', {})
  const outcomes = []
  for (const [client, namespace] of [[theirs, gram.Api], [ours, Api as unknown as Classes]] as const) {
    const make = maker(namespace)
    const asked: unknown[] = []
    Object.assign(client, {
      invoke: async (request: { className: string } & Record<string, unknown>) => {
        asked.push(plain(request))
        return script(make, request)
      },
    })
    const result = await program(client as unknown as Client, make)
    outcomes.push({ asked, result })
  }
  return outcomes
}
