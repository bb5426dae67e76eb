/**
 * How far the stream of updates was processed: enough to fetch what was missed in between.
 * @see https://core.telegram.org/api/updates#message-related-event-sequences
 */
export interface UpdateState {
  readonly pts: number
  readonly qts: number
  /** Unix time, seconds. */
  readonly date: number
  readonly seq: number
  /** pts of each channel or supergroup, by its id in decimal. */
  readonly channels: Readonly<Record<string, number>>
}
