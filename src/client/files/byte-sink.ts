/** What a download is written to. It is closed when the download has ended, well or not. */
export interface ByteSink {
  /** Of the file behind it, as a file stream of Node has it. */
  readonly path?: unknown
  write(bytes: Uint8Array): unknown
  close?(): unknown
}

/** A writable stream of Node says when it has taken a chunk, or why it cannot, by a callback. */
interface WritableStream {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown
}

/** Settles when the sink has taken the bytes, so that no more of them than one chunk wait there. */
export async function writeTo(sink: ByteSink, bytes: Uint8Array): Promise<void> {
  if ('writableLength' in sink) await takenBy(sink as WritableStream, bytes)
  else await sink.write(bytes)
}

function takenBy(stream: WritableStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
