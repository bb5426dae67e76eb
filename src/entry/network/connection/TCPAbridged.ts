/** `rawgram/network/connection/TCPAbridged` */
export { ConnectionTCPAbridged } from '../../network.js'
