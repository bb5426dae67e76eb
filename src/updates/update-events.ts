import type { TlObject } from '../tl/object.js'

/** What the sequencer asks of its owner. */
export type SequencerEvent =
  /** Hand this to the handlers: it comes once, and after everything before it. */
  | { readonly type: 'update'; readonly update: TlObject }
  /** Ask updates.getDifference, and pass the answer to `difference` or the failure to `differenceFailed`. */
  | { readonly type: 'get-difference'; readonly pts: number; readonly qts: number; readonly date: number }
  /** Ask updates.getChannelDifference likewise. */
  | { readonly type: 'get-channel-difference'; readonly channel: string; readonly pts: number }
  /** Ask updates.getState, and pass the answer to `begin`. */
  | { readonly type: 'get-state' }
  /** Everything that was missing has been handed out. */
  | { readonly type: 'caught-up' }
