/** What the page in the browser test runs: bundled from the browser build, it writes what happened into the document. */
import { Api, TelegramClient } from 'rawgram'
import { StringSession } from 'rawgram/sessions'

interface Settings {
  readonly host: string
  readonly port: number
  readonly publicKey: string
  readonly phoneNumber: string
  readonly phoneCode: string
}

async function main(settings: Settings): Promise<void> {
  const session = new StringSession('')
  session.setDC(2, settings.host, settings.port)
  const startedMs = performance.now()
  const client = new TelegramClient(session, 1, 'hash', { serverKeys: [settings.publicKey] })
  await client.connect()
  const handshakeMs = performance.now() - startedMs
  await client.start({ phoneNumber: async () => settings.phoneNumber, phoneCode: async () => settings.phoneCode, onError: (error: Error) => { throw error } })
  const result = await client.invoke(
    new Api.messages.GetExportedChatInvites({ peer: 'username', adminId: 'username', limit: 100, revoked: true, offsetDate: 43, offsetLink: 'some string here' }),
  )
  await client.disconnect()
  show({ keyLength: session.getAuthKey()?.getKey()?.length ?? 0, handshakeMs, result: result.toJSON() })
}

function show(outcome: unknown): void {
  const element = document.createElement('pre')
  element.id = 'outcome'
  element.textContent = JSON.stringify(outcome)
  document.body.append(element)
}

main((globalThis as unknown as { settings: Settings }).settings).catch((error: Error) => show({ error: `${error.name}: ${error.message}` }))
