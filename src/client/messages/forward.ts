import type * as Api from '../../../generated/api/index.js'
import { SenderGetter } from '../events/sender-getter.js'

/** Where a forwarded message comes from: who wrote it at first, or the channel or group that it was written as. */
export class Forward extends SenderGetter {
  /** All that the server says about it. */
  readonly originalFwd: Api.TypeMessageFwdHeader

  constructor(original: Api.TypeMessageFwdHeader) {
    const { fromId, channelPost } = original
    super(
      fromId?.className === 'PeerUser'
        ? { senderPeer: fromId }
        : { chatPeer: fromId, broadcast: channelPost === undefined ? undefined : true },
    )
    this.originalFwd = original
  }
}
