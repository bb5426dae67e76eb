import type { Violation } from '../../src/server/strict.js'
import type { FaultPlan } from './fault-plan.js'

/** What the server holds against the client although the network did it. */
export function isNetworksDoing({ code }: Violation, { up, skewMs, knownKey, slow, replay }: FaultPlan): boolean {
  const damaged = up.drop + up.swap + up.truncate + up.flip + up.duplicate > 0
  if (code === 'unauthenticated' || code === 'handshake') return damaged
  if (code === 'constant-padding' || code === 19) return up.duplicate > 0
  // A message that is overtaken by its own repetition comes last, and bare.
  if (code === 'duplicate-id') return up.duplicate + up.swap + slow > 0
  // A packet that is overtaken by the one that begins a session, or comes again from the time before it, is too old.
  if (code === 20 && up.duplicate + up.swap + replay > 0) return true
  // A client that is told the time by nobody else learns it from the refusal of its first packet.
  if (code === 16 || code === 17 || code === 20) return (skewMs !== 0 && knownKey) || (code !== 17 && slow > 0)
  return false
}
