import { didYouMean } from '../../../codegen/text/suggest.js'
import type { RawgramConfig } from '../../config/config.js'
import { describe } from '../../errors/evidence.js'
import { usage } from '../exit-code.js'

type Check = (value: unknown, path: string) => void

const fail = (path: string, expected: string, value: unknown): never => {
  throw usage(`rawgram.config: ${path} has to be ${expected}, and is ${describe(value)}`)
}

const text: Check = (value, path) => {
  if (typeof value !== 'string' || value === '') fail(path, 'a text', value)
}

const oneOf =
  (...words: readonly string[]): Check =>
  (value, path) => {
    const known = typeof value === 'string' && words.includes(value)
    if (!known) fail(path, words.map((word) => `'${word}'`).join(' or '), value)
  }

const list: Check = (value, path) => {
  if (!Array.isArray(value)) fail(path, 'a list of names', value)
  else value.forEach((item, index) => text(item, `${path}[${index}]`))
}

/** An empty list would leave nothing to generate, and is easily taken for the opposite. */
const include: Check = (value, path) => {
  list(value, path)
  if ((value as unknown[]).length === 0) fail(path, 'left out, for everything, or a list of names', value)
}

const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(path, `an object with ${Object.keys(fields).join(' or ')}`, value)
    for (const [key, member] of Object.entries(value)) {
      const name = path === 'the config' ? key : `${path}.${key}`
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined
      if (check === undefined) {
        throw usage(`rawgram.config: unknown option ${name}${didYouMean(key, Object.keys(fields))}`)
      }
      if (member !== undefined) check(member, name)
    }
  }

const CONFIG = record({
  schema: record({ api: text, errors: text }),
  out: record({ dir: text }),
  include,
  long: oneOf('big-integer', 'bigint'),
  breaking: record({ use: oneOf('SOURCE', 'WIRE', 'DOCS'), ignore: list }),
  docs: record({ dir: text, packageName: text }),
})

/** Refuses what is no config, with the path of the option and the name that was meant. */
export function checkConfig(value: unknown): RawgramConfig {
  CONFIG(value, 'the config')
  return value as RawgramConfig
}
