import type { Asker } from '../connection/invoker.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { Session } from '../session/session.js'
import type { TlRequest } from '../tl/object.js'
import type { CoreListeners } from './core-listeners.js'
import { decodeAnswer } from './raw-query.js'

/** What an answer is for besides the one who asked. */
interface AnswerReaders {
  readonly session: Session
  readonly listeners: readonly CoreListeners[]
}

/** Reads the answer to one request, and mends what it was refused for: one object for each call, as there may be thousands. */
export class CoreAsker<Result> implements Asker<Result> {
  readonly #core: AnswerReaders
  readonly #request: TlRequest<Result>

  constructor(core: AnswerReaders, request: TlRequest<Result>) {
    this.#core = core
    this.#request = request
  }

  read(body: Uint8Array): Result {
    const result = decodeAnswer(this.#request, body)
    this.#core.session.processEntities(result)
    for (const { onObject } of this.#core.listeners) onObject?.(result, 'answer', this.#request)
    return result
  }

  async mend(error: RpcError): Promise<boolean> {
    for (const { mend } of this.#core.listeners) {
      if (mend !== undefined && (await mend(error, this.#request))) return true
    }
    return false
  }
}
