import * as Api from '../../../generated/api/index.js'
import { envelopeOf, post, type Posted, type Posting } from './post.js'
import type { World } from './world.js'

/** What has happened in a chat. */
export interface Happening extends Posting {
  readonly action: Api.TypeMessageAction
  readonly silent?: boolean | undefined
}

/** Has the service say in the chat what somebody has done. */
export function announce(world: World, happening: Happening): Posted<Api.MessageService> {
  const { from, action, silent } = happening
  return post(world, happening, (copy) => new Api.MessageService({ ...envelopeOf(from, copy), action, silent }))
}
