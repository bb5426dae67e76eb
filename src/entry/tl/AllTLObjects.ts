/** `rawgram/tl/AllTLObjects` */
export { LAYER } from '../../../generated/api/layer.js'
export { tlobjects } from '../../client/compat/all-tl-objects.js'
