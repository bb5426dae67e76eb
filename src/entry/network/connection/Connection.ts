/** `rawgram/network/connection/Connection` */
export { Connection } from '../../network.js'
