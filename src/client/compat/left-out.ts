import { LocalError } from '../../errors/errors.js'

/** Methods of GramJS's client that this one leaves out, and what to do in their place. */
export const LEFT_OUT = {
  getDC: 'give invoke() the number of the data centre as its second argument',
  getSender: 'give invoke() the number of the data centre as its second argument',
  invokeWithSender: 'give invoke() the number of the data centre as its second argument',
  on: 'use addEventHandler(callback, event)',
} as const

/** A function that fails with what to do in place of the one that existing code expects to be there. */
export function refusal(what: string, advice: string): () => never {
  return () => {
    throw new LocalError('argument', `${what}: ${advice}`)
  }
}

/** The function of a module `client/...` that does what the method of this name does: left out like the method. */
export function leftOut(name: keyof typeof LEFT_OUT): (...args: unknown[]) => never {
  return refusal(`there is no ${name}()`, LEFT_OUT[name])
}
