import type { Environment } from '../core/environment.js'
import type { ViolationCode } from '../strict.js'
import type { Queries } from './queries.js'
import type { ServerSession, SessionLink } from './server-session.js'

/** What the handlers of service messages may reach. */
export interface ServiceHost {
  readonly environment: Environment
  readonly queries: Queries
  /** Closes a connection once `delaySeconds` pass without another call of this. */
  disconnectLater(link: SessionLink, delaySeconds: number): void
  destroySession(session: ServerSession, sessionId: bigint): boolean
  destroyKey(session: ServerSession): boolean
  report(session: ServerSession, code: ViolationCode, msgId: bigint, what: string): void
}
