import { crc32 } from 'node:zlib'
import { readResult } from '../../../generated/api/registry.js'
import { LocalError } from '../../errors/errors.js'
import { readWith } from '../../tl/hooks.js'
import type { TlClass, TlRequest } from '../../tl/object.js'

import { constructorsByType } from './constructors-by-type.js'
import { MadeUpReader } from './made-up-reader.js'
import { SeededNumbers } from './seeded-numbers.js'
import { shallowestConstructors } from './shallowest.js'

let shallowest: ReadonlyMap<number, TlClass> | undefined

/**
 * A made-up answer to a request: of the type that the method declares, valid to its last field, and the same for the
 * same method and seed. What it says means nothing: ids lead nowhere, texts are words.
 * @throws {LocalError} `argument`, for a request that is no method of the layer
 */
export function synthesise<Result>(request: TlRequest<Result>, seed: number): Result {
  const numbers = new SeededNumbers(seed ^ request.CONSTRUCTOR_ID)
  return readResult(request, new MadeUpReader(numbers, (type, reader) => makeObject(type, reader, numbers)))
}

function makeObject(type: string, reader: MadeUpReader, numbers: SeededNumbers): unknown {
  const constructors = constructorsByType(type)
  shallowest ??= shallowestConstructors()
  const chosen = reader.isDeep ? shallowest.get(crc32(type)) : constructors[numbers.below(constructors.length)]
  if (chosen === undefined) throw new LocalError('argument', `${type} is no type of this layer`)
  return readWith('fields', chosen, reader)
}
