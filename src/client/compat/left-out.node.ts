import { LEFT_OUT, refusal } from './left-out.js'

/** Makes calls of those methods fail with what to use instead; a method that somebody has put there stays. */
export function refuseLeftOut(prototype: object): void {
  for (const [name, advice] of Object.entries(LEFT_OUT)) {
    if (name in prototype) continue
    const value = refusal(`this client has no ${name}()`, advice)
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
  }
}
