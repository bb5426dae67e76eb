import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import { Session } from './session.js'
import { StoreSession } from './store-session.js'

/** The session that a client is given, or the one that is stored under a name. @throws {LocalError} `argument`, for anything else. */
export function sessionOf(session: string | Session): Session {
  if (session instanceof Session) return session
  if (typeof session === 'string' && session !== '') return new StoreSession(session)
  throw new LocalError(
    'argument',
    `session: expected a StringSession, a StoreSession or the name of one, got ${describe(session)}`,
    {
      path: 'session',
      got: describe(session),
    },
  )
}
