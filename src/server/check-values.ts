import { LocalError } from '../errors/errors.js'
import { nearest } from '../errors/nearest.js'
import { wrongArgument } from '../errors/wrong-argument.js'

/** Refuses a value that has not the form that its place wants. @throws {LocalError} `argument`, naming the place. */
export type Check = (value: unknown, path: string) => void

/** The fields that an object may have. What is `undefined` counts as left out. */
export type Checks<Fields> = { readonly [Name in keyof Required<Fields>]: Check }

export const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') throw wrongArgument(path, 'true or false', value)
}

export const text: Check = (value, path) => {
  if (typeof value !== 'string' || value === '') throw wrongArgument(path, 'a text', value)
}

export const callback: Check = (value, path) => {
  if (typeof value !== 'function') throw wrongArgument(path, 'a function', value)
}

/** A whole number within bounds, both included. */
export const whole = (least: number, most: number): Check => (value, path) => {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw wrongArgument(path, `a number from ${least} to ${most}`, value)
  }
}

export const oneOf = (...values: readonly string[]): Check => (value, path) => {
  if (!values.includes(value as string)) throw wrongArgument(path, values.map((name) => `'${name}'`).join(' or '), value)
}

export const listOf = (check: Check): Check => (value, path) => {
  if (!Array.isArray(value)) throw wrongArgument(path, 'an array', value)
  for (const [index, element] of value.entries()) check(element, `${path}[${index}]`)
}

/** An object with these fields and no others. */
export const fieldsOf = <Fields>(checks: Checks<Fields>): Check => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongArgument(path, 'an object', value)
  for (const [name, field] of Object.entries(value)) {
    const place = path === '' ? name : `${path}.${name}`
    if (!Object.hasOwn(checks, name)) throw unknownField(place, name, Object.keys(checks))
    if (field !== undefined) checks[name as keyof Fields](field, place)
  }
}

function unknownField(path: string, name: string, known: readonly string[]): LocalError {
  const near = nearest(name, known)
  const advice = near === undefined ? undefined : `did you mean '${near}'?`
  const expected = `one of ${known.join(', ')}`
  const message = `${path}: there is no '${name}'; expected ${expected}${advice === undefined ? '' : `; ${advice}`}`
  return new LocalError('argument', message, { path, expected, got: name, ...(advice === undefined ? {} : { advice }) })
}
