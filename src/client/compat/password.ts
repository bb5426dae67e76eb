import type * as Api from '../../../generated/api/index.js'
import { asBytes, type Bytes } from '../../bytes/bytes.js'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../bytes/bigint.js'
import { modPow } from '../../crypto/mod-pow.js'
import { passwordHash } from '../../crypto/srp.js'
import { algorithmOf } from '../auth/password.js'

export { computeCheck } from '../auth/password.js'

/**
 * The verifier `v = g^x mod p` of a password under an algorithm, as 256 bytes. The caller has checked p and g.
 * @see https://core.telegram.org/api/srp
 */
export async function computeDigest(algorithm: Api.TypePasswordKdfAlgo, password: string): Promise<Bytes> {
  const { salt1, salt2, g, p } = algorithmOf(algorithm)
  const x = bigIntFromBytesBE(await passwordHash(new TextEncoder().encode(password), salt1, salt2))
  return asBytes(bigIntToBytesBE(modPow(BigInt(g), x, bigIntFromBytesBE(p)), 256))
}
