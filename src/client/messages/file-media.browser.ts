import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { TelegramClient } from '../telegram-client.js'
import type { FileMediaParams } from './file-media.js'
import type { FileLike } from './params.js'

/** A page loads what uploads files where it imports it: what files there are takes some room. */
export async function fileMedia(_client: TelegramClient, _file: FileLike, _params: FileMediaParams): Promise<Api.TypeInputMedia> {
  throw new LocalError(
    'argument',
    "file: in a browser, import { fileMedia } from 'rawgram/client/uploads' and invoke Api.messages.EditMessage with media: await fileMedia(client, file, {})",
    { path: 'file' },
  )
}
