import { Api, TelegramClient } from 'rawgram'
import { StringSession } from 'rawgram/sessions'
import { GRAM_FULL, connectGram, gramBigInt, gramPackage, type GramName } from '../../test/support/gram-client.js'
import { mtcuteClient } from '../../test/support/mtcute-client.js'
import type { Contestant, ServerFacts } from './messages.js'

const PHONE = '9996620001'
const CODE = '12345'

/** One client with a session of its own, whichever library it is of. */
export interface Caller {
  /** help.getNearestDc: 4 bytes there, 24 bytes back. */
  small(): Promise<unknown>
  signIn(): Promise<unknown>
  savePart(index: number, total: number, bytes: Buffer): Promise<unknown>
  /** Returns how many bytes came. */
  getPart(offset: number, limit: number): Promise<number>
  close(): Promise<unknown>
}

/** Connects by a new key exchange, up to the first answer. */
export async function connectCaller(contestant: Contestant, facts: ServerFacts): Promise<Caller> {
  if (contestant === 'rawgram') return rawgram(facts)
  if (contestant === 'mtcute') return mtcute(facts)
  return gram(contestant === 'GramJS' ? 'telegram' : 'teleproto', facts)
}

async function rawgram({ port, publicKey, file }: ServerFacts): Promise<Caller> {
  const session = new StringSession('')
  session.setDC(2, '127.0.0.1', port)
  // One key exchange for everybody: none of the peers is asked for a temporary key.
  const client = new TelegramClient(session, 1, 'hash', { serverKeys: [publicKey], pfs: false })
  await client.connect()
  const location = new Api.InputDocumentFileLocation({
    id: file.id,
    accessHash: file.accessHash,
    fileReference: Buffer.from(file.reference, 'hex'),
    thumbSize: '',
  })
  const small = () => client.invoke(new Api.help.GetNearestDc())
  await small()
  return {
    small,
    async signIn() {
      const settings = new Api.CodeSettings({})
      const sent = await client.invoke(new Api.auth.SendCode({ phoneNumber: PHONE, apiId: 1, apiHash: 'hash', settings }))
      const { phoneCodeHash } = sent as Api.auth.SentCode
      await client.invoke(new Api.auth.SignIn({ phoneNumber: PHONE, phoneCodeHash, phoneCode: CODE }))
    },
    savePart: (filePart, fileTotalParts, bytes) =>
      client.invoke(new Api.upload.SaveBigFilePart({ fileId: 77n, filePart, fileTotalParts, bytes })),
    async getPart(offset, limit) {
      const part = await client.invoke(new Api.upload.GetFile({ location, offset, limit }))
      return (part as Api.upload.File).bytes.length
    },
    close: () => client.destroy(),
  }
}

async function mtcute(facts: ServerFacts): Promise<Caller> {
  const { Long } = await import('@mtcute/core')
  const client = await mtcuteClient(facts)
  const small = () => client.call({ _: 'help.getNearestDc' })
  await small()
  const location = {
    _: 'inputDocumentFileLocation',
    id: Long.fromString(facts.file.id),
    accessHash: Long.fromString(facts.file.accessHash),
    fileReference: Buffer.from(facts.file.reference, 'hex'),
    thumbSize: '',
  } as const
  return {
    small,
    async signIn() {
      const settings = { _: 'codeSettings' } as const
      const sent = await client.call({ _: 'auth.sendCode', phoneNumber: PHONE, apiId: 1, apiHash: 'hash', settings })
      if (sent._ !== 'auth.sentCode') throw new Error(`auth.sendCode was answered with ${sent._}`)
      await client.call({ _: 'auth.signIn', phoneNumber: PHONE, phoneCodeHash: sent.phoneCodeHash, phoneCode: CODE })
    },
    savePart: (filePart, fileTotalParts, bytes) =>
      client.call({ _: 'upload.saveBigFilePart', fileId: Long.fromNumber(77), filePart, fileTotalParts, bytes }),
    async getPart(offset, limit) {
      const part = await client.call({ _: 'upload.getFile', location, offset, limit })
      if (part._ !== 'upload.file') throw new Error(`upload.getFile was answered with ${part._}`)
      return part.bytes.length
    },
    close: () => client.destroy(),
  }
}

async function gram(name: GramName, facts: ServerFacts): Promise<Caller> {
  const { Api } = gramPackage(name)
  const client = await connectGram(name, facts, GRAM_FULL)
  const small = () => client.invoke(new Api.help['GetNearestDc']!())
  await small()
  const location = new Api['InputDocumentFileLocation']!({
    id: gramBigInt(BigInt(facts.file.id)),
    accessHash: gramBigInt(BigInt(facts.file.accessHash)),
    fileReference: Buffer.from(facts.file.reference, 'hex'),
    thumbSize: '',
  })
  const fileId = gramBigInt(77n)
  return {
    small,
    async signIn() {
      const settings = new Api['CodeSettings']!({})
      const request = new Api.auth['SendCode']!({ phoneNumber: PHONE, apiId: 1, apiHash: 'hash', settings })
      const { phoneCodeHash } = await client.invoke<{ phoneCodeHash: string }>(request)
      await client.invoke(new Api.auth['SignIn']!({ phoneNumber: PHONE, phoneCodeHash, phoneCode: CODE }))
    },
    savePart: (filePart, fileTotalParts, bytes) =>
      client.invoke(new Api.upload['SaveBigFilePart']!({ fileId, filePart, fileTotalParts, bytes })),
    async getPart(offset, limit) {
      const request = new Api.upload['GetFile']!({ location, offset: gramBigInt(BigInt(offset)), limit })
      return (await client.invoke<{ bytes: Buffer }>(request)).bytes.length
    },
    close: () => client.destroy(),
  }
}
