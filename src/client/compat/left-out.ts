import { LocalError } from '../../errors/errors.js'

/** Methods of GramJS's client that this one leaves out, and the requests that do their work. */
const INSTEAD: Readonly<Record<string, string>> = {
  inlineQuery: 'messages.GetInlineBotResults',
}

/** The others of that client that are left out, and what to do in their place. */
const ADVICE: Readonly<Record<string, string>> = {
  getDC: 'give invoke() the number of the data centre as its second argument',
  getSender: 'give invoke() the number of the data centre as its second argument',
  invokeWithSender: 'give invoke() the number of the data centre as its second argument',
  on: 'use addEventHandler(callback, event)',
}

/** Every method that is left out, with what to do in its place. */
export function leftOutMethods(): (readonly [name: string, advice: string])[] {
  const requests = Object.entries(INSTEAD).map(([name, classes]) => [name, `invoke Api.${classes}`] as const)
  return [...requests, ...Object.entries(ADVICE)]
}

/** A function that fails with what to do in place of the one that existing code expects to be there. */
export function refusal(what: string, advice: string): () => never {
  return () => {
    throw new LocalError('argument', `${what}: ${advice}`)
  }
}

/** The function of a module `client/...` that does what the method of this name does: left out like the method. */
export function leftOut(name: string): (...args: unknown[]) => never {
  const [, advice] = leftOutMethods().find(([method]) => method === name)!
  return refusal(`there is no ${name}()`, advice)
}
