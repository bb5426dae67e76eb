import { ioFailure } from '../exit-code.js'

/** Five times the size of the largest schema so far. */
const LARGEST_TEXT = 2 * 1024 * 1024
/** From the first connection to the last byte, redirects included. */
const TIMEOUT_MS = 30_000
const MOST_REDIRECTS = 5

export interface DownloadLimits {
  readonly maxBytes?: number
  readonly timeoutMs?: number
}

/**
 * The UTF-8 text at an address. Nothing is trusted: not the length that the answer states, nor where it redirects to.
 * @throws {CliFailure} with the address and what went wrong, exit code 3
 */
export async function download(address: string, limits: DownloadLimits = {}): Promise<string> {
  const { maxBytes = LARGEST_TEXT, timeoutMs = TIMEOUT_MS } = limits
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await follow(address, signal)
    const bytes = await readBody(response, maxBytes)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw ioFailure(`${address} could not be fetched`, readable(error, timeoutMs))
  }
}

async function follow(address: string, signal: AbortSignal): Promise<Response> {
  let url = new URL(address)
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url, { signal, redirect: 'manual' })
    if (response.ok) return response
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) {
      throw new Error(`status ${response.status} ${response.statusText}`.trim())
    }
    if (redirects === MOST_REDIRECTS) throw new Error(`more than ${MOST_REDIRECTS} redirects`)
    const next = new URL(location, url)
    const weaker = url.protocol === 'https:' && next.protocol !== 'https:'
    if (weaker || !/^https?:$/.test(next.protocol)) throw new Error(`it redirects to ${next.href}, which is not https`)
    url = next
  }
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    // Leaving the loop cancels the body and with it the connection.
    if (size > maxBytes) throw new Error(`more than ${maxBytes} bytes are no schema`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** `fetch` hides why it failed behind 'fetch failed', and a timeout says nothing of the time. */
function readable(error: unknown, timeoutMs: number): unknown {
  if (!(error instanceof Error)) return error
  if (error.name === 'TimeoutError') return new Error(`no answer within ${timeoutMs / 1000} s`, { cause: error })
  if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new Error('it is not UTF-8')
  const { cause } = error
  if (!(cause instanceof Error)) return error
  const { code } = cause as NodeJS.ErrnoException
  return new Error(cause.message === '' ? code : cause.message, { cause: error })
}
