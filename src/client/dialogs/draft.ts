import type * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'
import { MarkdownParser } from '../compat/markdown-parser.js'
import { getInputPeer } from '../compat/utils.js'

/** What somebody has begun to write in a chat; its text is empty where there is nothing. */
export class Draft {
  readonly entity: Entity
  readonly inputEntity: Api.TypeInputPeer
  /** In unix seconds. */
  readonly date: number | undefined
  readonly linkPreview: boolean
  readonly replyToMsgId: number | undefined
  /** The text without its formatting. */
  readonly rawText: string
  /** The text with its formatting in Markdown. */
  readonly text: string

  constructor(entity: Entity, draft: Api.TypeDraftMessage | undefined) {
    const written = draft?.className === 'DraftMessage' ? draft : undefined
    const replyTo = written?.replyTo
    this.entity = entity
    this.inputEntity = getInputPeer(entity)
    this.date = draft?.date
    this.linkPreview = written?.noWebpage !== true
    this.replyToMsgId = replyTo?.className === 'InputReplyToMessage' ? replyTo.replyToMsgId : undefined
    this.rawText = written?.message ?? ''
    this.text = MarkdownParser.unparse(this.rawText, written?.entities)
  }

  get isEmpty(): boolean {
    return this.rawText === ''
  }
}
