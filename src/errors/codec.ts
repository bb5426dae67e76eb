import { LocalError, RemoteError } from './errors.js'
import type { Evidence } from './evidence.js'

/** A value was refused before a byte of it left: `path` names it, `expected` and `got` say why. */
export class TlEncodeError extends LocalError {
  override readonly name: string = 'TlEncodeError'
  constructor(message: string, evidence: Evidence, options?: ErrorOptions) {
    super('encode', message, evidence, options)
  }
}

/** Bytes were refused: `offset` is where, `path` the field that was being read, `constructorId` its object. */
export class TlDecodeError extends RemoteError {
  override readonly name: string = 'TlDecodeError'
  constructor(message: string, evidence: Evidence, options?: ErrorOptions) {
    super('decode', message, evidence, options)
  }
}
