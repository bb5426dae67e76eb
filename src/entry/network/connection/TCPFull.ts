/** `rawgram/network/connection/TCPFull` */
export { ConnectionTCPFull } from '../../network.js'
