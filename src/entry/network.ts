/** `rawgram/network`: the names of the transports, for the option `connection`. */
export {
  Connection,
  ConnectionTCPAbridged,
  ConnectionTCPFull,
  ConnectionTCPIntermediate,
  ConnectionTCPMTProxyAbridged,
  ConnectionTCPObfuscated,
  ConnectionTCPPaddedIntermediate,
  ConnectionTCPPaddedObfuscated,
} from '../client/connection-kinds.js'
export { UpdateConnectionState } from '../client/events/builder.js'
