import { TlObject } from '../tl/object.js'

/**
 * A counter that moved because of one's own call: it has a place in the sequence like an update, and is told to nobody.
 */
export class AffectedMessages extends TlObject {
  static readonly className = 'AffectedMessages'
  readonly pts: number
  readonly ptsCount: number
  readonly channelId: string | undefined

  constructor(pts: number, ptsCount: number, channelId: string | undefined) {
    super()
    this.pts = pts
    this.ptsCount = ptsCount
    this.channelId = channelId
  }

  /** It exists on this side alone. */
  override write(): void {}
}
