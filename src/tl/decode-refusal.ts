import { TlDecodeError } from '../errors/codec.js'
import { formatPath } from './encode-refusal.js'
import type { PathStep } from './encode-refusal.js'
import { formatId } from './ids.js'

/** What is being read, outermost first: objects whose fields arrive in order, and arrays whose items do. */
export type Unfinished = object | readonly unknown[]

interface Classed {
  readonly CONSTRUCTOR_ID: number
  readonly className: string
  readonly constructor: new (args: object) => object
}

export interface Refusal {
  readonly offset: number
  readonly expected: string
  readonly got: string
  /** A constructor id that was read and does not fit. */
  readonly constructorId?: number
  /** The field, where it is no argument: a flag word. */
  readonly field?: string
}

/** The error for bytes that do not fit, in one line: path, offset, expected and got. */
export function decodeRefusal(unfinished: readonly Unfinished[], refusal: Refusal): TlDecodeError {
  const { offset, expected, got, field } = refusal
  const path = pathOf(unfinished, field)
  const constructorId = refusal.constructorId ?? innermostId(unfinished)
  const within = constructorId === undefined ? '' : ` (constructor ${formatId(constructorId)})`
  const message = `${path === '' ? '' : `${path}: `}expected ${expected}, got ${got} at offset ${offset}${within}`
  return new TlDecodeError(message, {
    path,
    expected,
    got,
    offset,
    ...(constructorId !== undefined && { constructorId }),
  })
}

/** Each unfinished object stands at the first field that it does not own yet, each array at its next index. */
function pathOf(unfinished: readonly Unfinished[], field: string | undefined): string {
  const [root] = unfinished
  const steps: PathStep[] = []
  unfinished.forEach((value, depth) => {
    if (Array.isArray(value)) return steps.push(value.length)
    const innermost = depth === unfinished.length - 1
    const next = innermost && field !== undefined ? field : nextField(value as Classed)
    return next !== undefined && steps.push(next)
  })
  return formatPath(root === undefined || Array.isArray(root) ? '' : (root as Classed).className, steps)
}

/** Fields are set in wire order, and a class that is built without arguments shows all of them in that order. */
function nextField(object: Classed): string | undefined {
  const all = Object.keys(new object.constructor({}))
  return all.find((candidate) => !Object.hasOwn(object, candidate))
}

function innermostId(unfinished: readonly Unfinished[]): number | undefined {
  const object = unfinished.filter((value) => !Array.isArray(value)).at(-1)
  return (object as Classed | undefined)?.CONSTRUCTOR_ID
}
