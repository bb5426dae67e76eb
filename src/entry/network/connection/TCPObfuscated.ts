/** `rawgram/network/connection/TCPObfuscated` */
export { ConnectionTCPObfuscated } from '../../network.js'
