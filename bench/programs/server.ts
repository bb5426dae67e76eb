/** The embedded server in a process of its own, so that clients are measured without it. */
import { randomBytes } from 'node:crypto'
import { startServer } from 'rawgram/server'
import type { ServerFacts } from './messages.js'

const FILE_BYTES = 64 << 20

const server = await startServer({ port: 0 })
const file = server.world.addFile({ bytes: randomBytes(FILE_BYTES) })
const facts: ServerFacts = {
  port: server.port,
  publicKey: server.publicKey,
  file: {
    id: String(file.id),
    accessHash: String(file.accessHash),
    reference: Buffer.from(file.reference).toString('hex'),
    bytes: FILE_BYTES,
  },
}
process.send!(facts)
process.on('disconnect', () => process.exit(0))
