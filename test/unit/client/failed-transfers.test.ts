import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { StringSession } from '../../../src/session/string-session.js'
import { client, document, MB, randomBytes, server, serveFiles } from './file-server.js'

serveFiles()

describe('transfers that go wrong', () => {
  const stuck = async function* (bytes: number): AsyncGenerator<Uint8Array> {
    if (bytes > 0) yield new Uint8Array(bytes)
    await new Promise(() => {})
  }
  it.each([0, MB])('F1: an upload of a stream that is stuck after %i bytes ends when it is aborted', async (bytes) => {
    const aborting = new AbortController()
    const upload = client.uploadFile({ file: { name: 's', stream: stuck(bytes) }, signal: aborting.signal })
    setTimeout(() => aborting.abort(), 50)
    await expect(upload).rejects.toMatchObject({ failure: 'aborted' })
  })
  it('F1: an upload of a stream that is stuck ends when the client disconnects', async () => {
    const other = new TelegramClient(new StringSession(server.login({ username: 'username' })), 1, 'hash', {
      serverKeys: [server.publicKey],
    })
    await other.connect()
    const upload = other.uploadFile({ file: { name: 's', stream: stuck(2 * MB) } })
    setTimeout(() => void other.disconnect(), 50)
    await expect(upload).rejects.toMatchObject({ failure: 'disconnected' })
  })
  it('F1: an upload of a stream that is stuck ends when the server refuses a part', async () => {
    server.faults.query = (method) =>
      method === 'upload.SaveBigFilePart' ? new RpcError(400, 'FILE_PART_INVALID') : undefined
    await expect(client.uploadFile({ file: { name: 's', stream: stuck(2 * MB) } })).rejects.toMatchObject({
      type: 'FILE_PART_INVALID',
    })
  })
  it('F1: chunks that are no bytes are refused', async () => {
    const stream = (async function* () {
      yield 'text' as never
    })()
    await expect(client.uploadFile({ file: { name: 's', stream } })).rejects.toThrow(
      'stream: expected chunks of bytes, got "text"',
    )
  })
  it.each([Number.NaN, 'four' as never])('workers that are no number are refused: %s', async (workers) => {
    const file = server.world.addFile({ bytes: randomBytes(10) })
    const refusal = /^workers: expected a number from 1 to 16/
    await expect(client.uploadFile({ file: randomBytes(10), workers })).rejects.toThrow(refusal)
    await expect(client.downloadFile(document(file), { workers })).rejects.toThrow(refusal)
  })
  it.each([0, 1000])('F2: a path that cannot be written to is an error, for a file of %i bytes', async (bytes) => {
    const file = server.world.addFile({ bytes: randomBytes(bytes) })
    const outputFile = join(tmpdir(), 'rawgram-no-such-folder', 'x.bin')
    await expect(client.downloadFile(document(file), { outputFile })).rejects.toMatchObject({ code: 'ENOENT' })
  })
  it('F2: a stream that is slow is waited for, so that no more than a part waits in it', async () => {
    const file = server.world.addFile({ bytes: randomBytes(4 * MB) })
    let [most, taken] = [0, 0]
    const outputFile = new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        most = Math.max(most, outputFile.writableLength)
        taken += chunk.length
        setTimeout(done, 5)
      },
    })
    await client.downloadFile(document(file), { outputFile })
    expect([most, taken]).toEqual([512 * 1024, 4 * MB])
  })
  it('F2: a stream that fails ends the download', async () => {
    const file = server.world.addFile({ bytes: randomBytes(2 * MB) })
    const outputFile = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the disk is full')) })
    outputFile.on('error', () => {})
    await expect(client.downloadFile(document(file), { outputFile })).rejects.toThrow('the disk is full')
  })
  it('what a progress callback rejects with ends the transfer', async () => {
    const file = server.world.addFile({ bytes: randomBytes(1000) })
    const fail = async (): Promise<never> => {
      throw new Error('no room on the screen')
    }
    await expect(client.uploadFile({ file: randomBytes(1000), onProgress: fail })).rejects.toThrow('no room')
    await expect(client.downloadFile(document(file), { progressCallback: fail })).rejects.toThrow('no room')
  })
})
