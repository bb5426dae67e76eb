import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'
import { Button } from '../compat/button.js'

/** What `Button` returns. */
export type ButtonLike = Api.TypeKeyboardButton | Button
/** A button, a row of them, rows of them, or a markup of one's own. */
export type MarkupLike = Api.TypeReplyMarkup | ButtonLike | readonly ButtonLike[] | readonly (readonly ButtonLike[])[]

/** Buttons that stand below the message; all others make up a keyboard. */
const INLINE = new Set([
  'KeyboardButtonCallback',
  'KeyboardButtonSwitchInline',
  'KeyboardButtonUrl',
  'KeyboardButtonUrlAuth',
  'InputKeyboardButtonUrlAuth',
  'KeyboardButtonGame',
  'KeyboardButtonBuy',
  'KeyboardButtonUserProfile',
  'InputKeyboardButtonUserProfile',
  'KeyboardButtonWebView',
  'KeyboardButtonCopy',
])

/**
 * `undefined` where there is no button at all.
 * @throws {LocalError} `argument`, for what is no button, and for buttons of both kinds together.
 */
export function replyMarkup(buttons: MarkupLike | undefined): Api.TypeReplyMarkup | undefined {
  if (buttons === undefined || isMarkup(buttons)) return buttons
  const rows = (Array.isArray(buttons) ? buttons : [buttons]) as readonly (ButtonLike | readonly ButtonLike[])[]
  // One list of buttons is one row.
  const nested = rows.some((row) => Array.isArray(row)) ? rows : [rows]
  const given = nested.map((row) => (Array.isArray(row) ? row : [row]) as readonly ButtonLike[])
  const all = given.flat()
  if (all.length === 0) return undefined
  const layout = all.find((button): button is Button => button instanceof Button)
  const plain = all.map(plainButton)
  const inline = plain.filter(({ className }) => INLINE.has(className)).length
  if (inline > 0 && inline < plain.length) {
    throw new LocalError('argument', 'buttons: expected all of them below the message or none, got both kinds')
  }
  const made = given
    .filter(({ length }) => length > 0)
    .map((row) => new Api.KeyboardButtonRow({ buttons: row.map(plainButton) }))
  if (inline > 0) return new Api.ReplyInlineMarkup({ rows: made })
  const { resize, singleUse, selective } = layout ?? {}
  return new Api.ReplyKeyboardMarkup({ rows: made, resize, singleUse, selective })
}

function isMarkup(buttons: MarkupLike): buttons is Api.TypeReplyMarkup {
  return /^Reply/.test((buttons as { className?: string } | null)?.className ?? '')
}

function plainButton(button: ButtonLike): Api.TypeKeyboardButton {
  const plain = button instanceof Button ? button.button : button
  if (/KeyboardButton/.test((plain as { className?: string } | null)?.className ?? '')) return plain
  throw new LocalError('argument', `buttons: expected what Button returns, got ${describe(button)}`)
}
