import { LocalError } from '../errors/errors.js'
import type { Reader } from './reader.js'

/** Reads the fields of a class, behind its constructor id. */
export type ReadBody = (r: Reader) => unknown

/** Reads the answer to a request. */
export type ReadAnswer = (r: Reader) => unknown

interface Identified {
  readonly CONSTRUCTOR_ID: number
  readonly className: string
}

type FindBody = (id: number) => ReadBody | undefined
type FindAnswer = (request: Identified) => ReadAnswer | undefined

/**
 * How classes reach their readers without importing them: whoever loads a registry adds what it can read. A program
 * that only builds requests carries no reader.
 */
const bodies: FindBody[] = []
const answers: FindAnswer[] = []

export function installBodyReaders(find: FindBody): void {
  bodies.push(find)
}

export function installAnswerReaders(find: FindAnswer): void {
  answers.push(find)
}

/** @throws {LocalError} `state`, when no loaded registry knows the class */
export function bodyReaderOf(of: Identified): ReadBody {
  return firstOf(bodies, of.CONSTRUCTOR_ID) ?? notLoaded(of)
}

/** @throws {LocalError} `state`, when no loaded registry knows the method */
export function answerReaderOf(request: Identified): ReadAnswer {
  return firstOf(answers, request) ?? notLoaded(request)
}

function firstOf<Key, Found>(finders: readonly ((key: Key) => Found | undefined)[], key: Key): Found | undefined {
  for (const find of finders) {
    const found = find(key)
    if (found !== undefined) return found
  }
  return undefined
}

function notLoaded({ className }: Identified): never {
  throw new LocalError('state', `${className} cannot be read yet: import the package's root, which loads the readers of all classes`)
}
