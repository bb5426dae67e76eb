import type { Span } from '../../codegen/wire/value.js'

/** Bytes that are shown of a span before it is cut. */
const SHOWN_BYTES = 5
const BYTES_WIDTH = 18
const LONGEST_MEANING = 80

/** One line per span: offset, bytes, and what they say, indented by depth; then how many bytes that were. */
export function formatSpans(spans: readonly Span[], bytes: Uint8Array): string {
  const lines = spans.map(({ offset, length, depth, field, meaning }) => {
    const shown = hex(bytes.subarray(offset, offset + length))
    const name = field === '' ? '' : `${field}: `
    const text = meaning.length > LONGEST_MEANING ? `${meaning.slice(0, LONGEST_MEANING)}...` : meaning
    const indent = '  '.repeat(Math.max(0, depth - 1))
    return `${offset.toString(16).padStart(4, '0')}  ${shown.padEnd(BYTES_WIDTH)}${indent}${name}${text}`
  })
  return [...lines, `${bytes.length}/${bytes.length} bytes`].join('\n')
}

function hex(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('hex')
  if (bytes.length <= SHOWN_BYTES + 3) return text
  return `${text.slice(0, SHOWN_BYTES * 2)}…(+${bytes.length - SHOWN_BYTES})`
}

