/** Bytes that can be read at any place. */
export interface ByteSource {
  readonly name: string
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
  close(): unknown
}

/** Bytes that come in their order, and of which nobody knows how many there are. */
export interface ByteStream {
  readonly name: string
  readonly stream: AsyncIterable<Uint8Array>
}
