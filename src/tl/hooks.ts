import { LocalError } from '../errors/errors.js'
import type { Reader } from './reader.js'

interface Identified {
  readonly CONSTRUCTOR_ID: number
  readonly className: string
}

type Find<Key> = (key: Key) => ((r: Reader) => unknown) | undefined

/**
 * How classes reach their readers without importing them: whoever loads a registry adds what it can read. A program
 * that only builds requests carries no reader.
 */
const bodies: Find<number>[] = []
const answers: Find<Identified>[] = []

/** `find` gives the reader of the fields behind a constructor id. */
export function installBodyReaders(find: Find<number>): void {
  bodies.push(find)
}

/** `find` gives the reader of the answer to a request. */
export function installAnswerReaders(find: Find<Identified>): void {
  answers.push(find)
}

/** @throws {LocalError} `state`, when no loaded registry knows the class */
export function readFields(of: Identified, r: Reader): unknown {
  return readWith(bodies, of.CONSTRUCTOR_ID, of, r)
}

/** @throws {LocalError} `state`, when no loaded registry knows the method */
export function readAnswer(request: Identified, r: Reader): unknown {
  return readWith(answers, request, request, r)
}

function readWith<Key>(finders: readonly Find<Key>[], key: Key, { className }: Identified, r: Reader): unknown {
  for (const find of finders) {
    const read = find(key)
    if (read !== undefined) return read(r)
  }
  throw new LocalError('state', `${className} cannot be read yet: import the package's root, which loads the readers`)
}
