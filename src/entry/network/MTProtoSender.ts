/** `rawgram/network/MTProtoSender`: left out. */
import { refusal } from '../../client/compat/left-out.js'

/** A client has its connections to itself. */
export class MTProtoSender {
  /** @throws {LocalError} `argument`, always */
  constructor(..._args: unknown[]) {
    refusal('there is no MTProtoSender', 'give invoke() the number of the data centre as its second argument')()
  }
}
