import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Combinator } from '../../codegen/ir/ir.js'
import type * as ApiModule from '../../generated/api/index.js'
import type * as RegistryModule from '../../generated/api/registry.js'
import type { Form } from '../../scripts/api-forms.js'
import { flatGenerated } from '../../scripts/flat-generated.js'
import type { TlClass, TlObject } from '../../src/tl/object.js'
import type * as ReaderModule from '../../src/tl/reader.js'
import { FuzzDice, mutate } from '../fuzz/mutate.js'
import { classIn, instanceOf } from './instances.js'
import type { Build, Home } from './instances.js'
import { RandomValues } from './random-values.js'
import type { Plain } from './random-values.js'
import { api } from './schema.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
const DAMAGED_EACH = 3
const SOME_DATE = new Date(1_700_000_000_999)

interface Loaded {
  /** The namespace of modules. */
  readonly home: Home
  readonly classOf: (combinator: Combinator) => Build & TlClass & { readonly callableBy?: string }
  readonly registry: typeof RegistryModule
  readonly reader: (bytes: Uint8Array) => ReaderModule.Reader
}

async function load(form: Form): Promise<Loaded> {
  const folder = await flatGenerated(form)
  const home = (await import(join(folder, 'generated/api/index.js'))) as typeof ApiModule
  const registry = (await import(join(folder, 'generated/api/registry.js'))) as typeof RegistryModule
  const { Reader } = (await import(join(folder, 'src/tl/reader.js'))) as typeof ReaderModule
  return {
    home: home as unknown as Home,
    classOf: (combinator) => classIn(home as unknown as Home, combinator) as never,
    registry,
    reader: (bytes) => new Reader(bytes),
  }
}

/** What came out, in words that two forms can be compared in: the fields in their order, or the whole refusal. */
function outcome(act: () => unknown): unknown {
  try {
    return plain(act())
  } catch (error) {
    const { name, message, path, expected, got, offset, constructorId } = error as Error & Record<string, unknown>
    return { name, message, path, expected, got, offset, constructorId }
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? `${value}n` : value
  const { className } = value as { className?: string }
  if (className === undefined) return `${value.constructor.name} ${String(value)}`
  return [className, ...Object.entries(value).map(([name, each]) => [name, plain(each)])]
}

describe.each(['described', 'compact'] as const)(`the classes spelled out and the %s ones, seed ${seed}`, (form) => {
  const random = new RandomValues(api.index, seed, { usable: () => true })
  const combinators = api.usable.filter((combinator) => random.canMake(combinator))
  let spelled: Loaded
  let other: Loaded

  beforeAll(async () => {
    spelled = await load('spelled')
    other = await load(form)
  })

  /** The same in the other form; `expect` is slow, so it only sees what differs. */
  function same(context: string, of: (form: Loaded) => unknown): void {
    const [wanted, found] = [outcome(() => of(spelled)), outcome(() => of(other))]
    if (JSON.stringify(wanted) !== JSON.stringify(found)) expect(found, `${context}, RAWGRAM_SEED=${seed}`).toEqual(wanted)
  }

  const build = (form: Loaded, value: Plain): TlObject => instanceOf(value, form.classOf)

  function read(form: Loaded, { kind }: Combinator, bytes: Uint8Array): TlObject {
    const reader = form.reader(bytes)
    const object = kind === 'method' ? form.registry.readRequest(reader) : form.registry.readObject(reader)
    reader.finish()
    return object
  }

  it('are two forms of every definition', () => {
    const differing = combinators.filter((each) => spelled.classOf(each) === other.classOf(each))
    expect(differing).toEqual([])
    expect(combinators.length).toBe(api.usable.length)
    expect(other.classOf(api.index.constructors.get('user')!)).toHaveProperty('fields')
  })

  it('say the same about themselves', () => {
    for (const each of combinators) {
      for (const name of ['CONSTRUCTOR_ID', 'SUBCLASS_OF_ID', 'className', 'classType', 'callableBy'] as const) {
        same(`${each.tlName}: ${name}`, ({ classOf }) => classOf(each)[name])
        const ofObject = ({ classOf }: Loaded): unknown => (new (classOf(each))({}) as TlObject & { callableBy?: string })[name]
        same(`${each.tlName}: ${name} of an object`, ofObject)
      }
      // Bundlers rename what is spelled out, so there is nothing to compare this with.
      if (each.kind === 'constructor' || form === 'compact') expect(other.classOf(each)).toHaveProperty('name', each.className)
    }
  })

  it('take the same arguments', () => {
    for (const each of combinators) {
      const withoutRandom = ({ classOf }: Loaded): unknown => new (classOf(each))({ randomId: 1n })
      const withNothing = ({ classOf }: Loaded): unknown => Object.keys(new (classOf(each) as unknown as new () => TlObject)())
      same(`${each.tlName} without arguments`, withNothing)
      same(`${each.tlName} with an argument that few have`, withoutRandom)
      same(`${each.tlName} with dates and nulls`, ({ classOf }) => {
        const fields = each.params.filter((param) => !param.isFlagWord).map(({ name, type }) => {
          const isInt = type.kind === 'primitive' && type.name === 'int'
          return [name, name === 'randomId' ? 1n : isInt ? SOME_DATE : null] as const
        })
        return new (classOf(each))(Object.fromEntries(fields))
      })
    }
  })

  it('write the same bytes and read the same objects', () => {
    for (const each of combinators) {
      const value = random.make(each)
      const bytes = new Uint8Array(build(spelled, value).getBytes())
      same(`${each.tlName} as an object`, (form) => build(form, value))
      same(`${each.tlName} as JSON`, (form) => JSON.stringify(build(form, value)))
      same(`${each.tlName} in bytes`, (form) => build(form, value).getBytes())
      same(`${each.tlName} from bytes`, (form) => read(form, each, bytes))
      if (each.kind === 'constructor') {
        same(`${each.tlName}: fromReader`, (form) =>
          (form.classOf(each) as unknown as { fromReader(reader: unknown): TlObject }).fromReader(form.reader(bytes.subarray(4))),
        )
      }
    }
  })

  it('refuse the same values with the same words', () => {
    const misfits = [undefined, null, {}, 'text', -1.5, true, [null], 2 ** 40]
    let refused = 0
    for (const each of combinators) {
      const value = random.make(each)
      const names = each.params.filter((param) => !param.isFlagWord).map((param) => param.name)
      for (const [i, name] of names.entries()) {
        const misfit = misfits[(i + random.below(misfits.length)) % misfits.length]
        const broken = (form: Loaded): unknown => {
          const object = build(form, value) as unknown as Record<string, unknown> & TlObject
          object[name] = misfit
          return object.getBytes()
        }
        same(`${each.tlName}.${name} as ${String(misfit)}`, broken)
        if (typeof outcome(() => broken(spelled)) === 'object') refused++
      }
    }
    expect(refused).toBeGreaterThan(combinators.length)
  })

  it('refuse the same bytes with the same words', () => {
    const dice = new FuzzDice(seed)
    let refused = 0
    for (const each of combinators) {
      const bytes = new Uint8Array(build(spelled, random.make(each)).getBytes())
      const damaged = Array.from({ length: DAMAGED_EACH }, () => mutate(bytes, dice))
      for (const broken of [bytes.subarray(0, bytes.length - 4), ...damaged]) {
        same(`${each.tlName} from ${Buffer.from(broken).toString('hex')}`, (form) => read(form, each, broken))
        if (!Array.isArray(outcome(() => read(spelled, each, broken)))) refused++
      }
    }
    expect(refused).toBeGreaterThan(combinators.length)
  })

  it('read the same answers, and refuse what is none with the same words', () => {
    const dice = new FuzzDice(seed)
    const requests = combinators.filter(({ kind }) => kind === 'method')
    for (const each of requests) {
      const request = random.make(each)
      const answers = [new Uint8Array(build(spelled, random.make(combinators[random.below(combinators.length)]!)).getBytes())]
      const { result } = each
      if (result.kind === 'boxed') {
        const [constructor] = api.index.types.get(result.type)!.constructors
        answers.push(new Uint8Array(build(spelled, random.make(api.index.constructors.get(constructor!)!)).getBytes()))
      } else answers.push(Uint8Array.of(0x15, 0xc4, 0xb5, 0x1c, 1, 0, 0, 0), Uint8Array.of(0xb5, 0x75, 0x72, 0x99))
      for (const answer of answers.flatMap((bytes) => [bytes, mutate(bytes, dice)])) {
        const context = `the answer to ${each.tlName} from ${Buffer.from(answer).toString('hex')}`
        same(context, (form) => form.registry.readResult(build(form, request) as never, form.reader(answer)))
      }
    }
  })
})

describe('Api as an object', () => {
  type Members = Readonly<Record<string, unknown>>
  let home: Members
  let object: Members

  beforeAll(async () => {
    home = (await load('compact')).home
    const file = join(await flatGenerated('compact'), 'generated/api/object.js')
    object = ((await import(file)) as { Api: Members }).Api
  })

  it('has the names of the namespace of modules, in their order, and the same classes behind them', () => {
    expect(Object.keys(object)).toEqual(Object.keys(home))
    for (const [name, member] of Object.entries(home)) {
      if (typeof member !== 'object') expect(object[name], name).toBe(member)
      else expect(Object.entries(object[name] as Members), name).toEqual(Object.entries(member as Members))
    }
    expect(Object.keys(home)).toEqual(expect.arrayContaining(['LAYER', 'User', 'messages', 'MsgsAck']))
  })

  it('inherits nothing and cannot be changed, as a module', () => {
    for (const each of [object, object['messages'] as Members]) {
      expect(Object.getPrototypeOf(each)).toBeNull()
      expect(String(Object.prototype.toString.call(each))).toBe('[object Module]')
      expect(() => Object.assign(each, { User: 1 })).toThrow(TypeError)
      expect('toString' in each).toBe(false)
    }
  })
})
