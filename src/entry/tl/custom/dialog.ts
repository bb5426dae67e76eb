/** `rawgram/tl/custom/dialog` */
export { Dialog } from '../../../client/dialogs/dialog.js'
