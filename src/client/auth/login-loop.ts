import { LocalError } from '../../errors/errors.js'
import type { OnLoginError } from './params.js'

/** A login step that fails so many times is given up: a callback may answer the same wrong thing for ever. */
const MAX_ATTEMPTS = 10

/**
 * Runs one step of a login until it succeeds: each failure goes to `onError`, which decides whether to ask again.
 * @throws what the step threw, when `onError` says stop (its answer is `true`) or after ten attempts.
 */
export async function untilRight<T>(step: () => Promise<T>, onError: OnLoginError | undefined): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step()
    } catch (error) {
      // Nothing that the user enters could mend these.
      const final = error instanceof LocalError && error.failure !== 'argument' && error.failure !== 'password'
      if (final || onError === undefined || attempt === MAX_ATTEMPTS || (await onError(error as Error)) === true)
        throw error
    }
  }
}

/** What is wrong with an answer that should be text; the answer itself may be a secret, and is not repeated. */
export function notText(answer: unknown): string {
  return answer === '' ? 'empty' : `not a text but of type ${answer === null ? 'null' : typeof answer}`
}
