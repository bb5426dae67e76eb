/** `rawgram/tl/custom/button` */
export { Button } from '../../../client/compat/button.js'
