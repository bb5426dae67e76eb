/** `rawgram/tl/custom/button` */
export { Button } from '../../../client/compat/button.js'
export type { ButtonLayout } from '../../../client/compat/button.js'
