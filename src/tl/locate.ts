import { formatPath, refusal, snakeCase } from './encode-refusal.js'
import type { Misfit, PathStep } from './encode-refusal.js'
import { watch } from './watch.js'

/**
 * The same refusal with the TL path of the value, which is the one that `root` is asked for last when it writes itself
 * once more, to `w`. Somebody's own error, or a refusal that says where it is already, stays as it is.
 */
export function locate<W>(error: unknown, root: { write(w: W): void }, w: W): unknown {
  const misfit = error as Misfit | undefined
  if (misfit?.advice === undefined || misfit.path !== undefined) return error
  const path: PathStep[] = []
  const asked: PathStep[] = []
  try {
    watch(root, path, asked).write(w)
  } catch {
    // Refused again, at the same value.
  }
  let { expected, got, advice, present } = misfit
  if (present) {
    const names = asked.slice(-present.length)
    path[path.length - 1] = names[present.indexOf(false)]!
    expected = `${snakeCase(names.join(names.length === 2 ? ' and ' : ', '))} together, for they share one flag bit`
    got = `${snakeCase(names.filter((_, i) => present[i]).join(', '))} alone`
  }
  return refusal(expected, got, advice, formatPath((root as { className?: string }).className, path))
}
