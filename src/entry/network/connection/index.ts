/** `rawgram/network/connection` */
export { Connection, ConnectionTCPAbridged, ConnectionTCPFull, ConnectionTCPObfuscated } from '../../network.js'
