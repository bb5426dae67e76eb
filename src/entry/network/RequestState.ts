/** `rawgram/network/RequestState`: left out. */
import { refusal } from '../../client/compat/left-out.js'

/** A client keeps the state of its calls to itself. */
export class RequestState {
  /** @throws {LocalError} `argument`, always */
  constructor(..._args: unknown[]) {
    refusal('there is no RequestState', 'await what invoke() returns')()
  }
}
