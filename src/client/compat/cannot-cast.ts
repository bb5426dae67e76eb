import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'

/** The refusal of a value that stands for nothing of the type `target`, in the words that existing code looks for. */
export function cannotCast(value: unknown, target: string, reason?: string): LocalError {
  const message = `Cannot cast ${describe(value)} to any kind of ${target}`
  return new LocalError('entity', reason === undefined ? message : `${message} ${reason}`, {
    expected: target,
    got: describe(value),
  })
}
