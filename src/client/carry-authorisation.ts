import * as Api from '../../generated/api/index.js'
import type { DcConnection } from '../connection/dc-connection.js'
import { MAX_REPAIRS } from '../connection/limits.js'
import type { CallLimits } from '../connection/query.js'
import { LocalError } from '../errors/errors.js'
import { isRpcError } from '../errors/rpc-error.js'
import { decodeAnswer, queryOf } from './raw-query.js'

/**
 * Makes the account known to another data centre. What was exported is good for one import within a minute; where the
 * import came too late, or nobody can say whether it came at all, another export does no harm: the calls that wait for
 * the authorisation have not been sent, and must not fail for it.
 * @throws {RpcError} the refusal of either data centre. @throws {LocalError} as `DcConnection.call` does.
 * @see https://core.telegram.org/api/datacenter#authorization-transfer
 */
export async function carryAuthorisation(home: DcConnection, target: DcConnection, limits: CallLimits): Promise<void> {
  for (let repairs = 0; ; repairs++) {
    const give = new Api.auth.ExportAuthorization({ dcId: target.dcId })
    try {
      const { id, bytes } = decodeAnswer(give, await home.call(queryOf(give), limits))
      await target.call(queryOf(new Api.auth.ImportAuthorization({ id, bytes })), limits)
      return
    } catch (error) {
      if (repairs === MAX_REPAIRS || !isLostOnTheWay(error)) throw error
    }
  }
}

function isLostOnTheWay(error: unknown): boolean {
  if (isRpcError(error)) return error.type === 'AUTH_BYTES_INVALID'
  return error instanceof LocalError && error.failure === 'unknown-outcome'
}
