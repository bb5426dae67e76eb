/** `rawgram/network/connection/TCPMTProxy` */
export { ConnectionTCPMTProxyAbridged } from '../../network.js'
export type { MtproxyParams as MTProxyType, ProxyInterface, SocksParams as SocksProxyType } from '../../../client/settings.js'
