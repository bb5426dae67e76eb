import type { TlEncodeError } from '../errors/codec.js'
import { formatPath, refusal, snakeCase, tlName } from './encode-refusal.js'
import type { Misfit } from './encode-refusal.js'
import { watch } from './watch.js'

/**
 * The same refusal with the TL path of the value, which is the one that `root` is asked for last when it writes itself
 * once more.
 */
export function locate<Root extends object>(misfit: Misfit, root: Root, write: (root: Root) => void): TlEncodeError {
  const { watched, path, asked } = watch(root)
  try {
    write(watched)
  } catch {
    // Refused again, at the same value.
  }
  const steps = path.map((step) => (typeof step === 'number' ? step : snakeCase(step)))
  const { className = '' } = root as { className?: string }
  const { shared, expected, got, advice } = misfit
  if (shared === undefined) return refusal(formatPath(tlName(className), steps), expected, got, advice)
  const names = asked.slice(-shared.length).map((step) => snakeCase(String(step)))
  const missing = names[shared.indexOf(false)]!
  return refusal(
    formatPath(tlName(className), [...steps.slice(0, -1), missing]),
    `${names.join(names.length === 2 ? ' and ' : ', ')} together, for they share one flag bit`,
    `${names.filter((_, i) => shared[i]).join(', ')} alone`,
  )
}
