/** `rawgram/Utils` */
export { getAttributes, getExtension, isAudio, isImage } from '../client/compat/file-attributes.js'
export { _photoSizeByteCount, getInputChatPhoto, getInputGeo, getInputMedia } from '../client/compat/input-media.js'
export { sanitizeParseMode } from '../client/compat/parse-mode.js'
export {
  getAppropriatedPartSize,
  getDisplayName,
  getFileInfo,
  getInputChannel,
  getInputDocument,
  getInputMessage,
  getInputPeer,
  getInputPhoto,
  getInputUser,
  getMessageId,
  getPeer,
  getPeerId,
  parseID,
  parsePhone,
  parseUsername,
  resolveId,
  rtrim,
} from '../client/compat/utils.js'
