/** `rawgram/crypto/Factorizator` */
export { Factorizator } from '../../client/compat/factorizator.js'
