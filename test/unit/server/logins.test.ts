import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { answerPasswordChallenge, newPasswordVerifier, type PasswordAlgorithm } from '../../../src/crypto/srp.js'
import { loggedIn, rsaKey, settled, testServer, type TestServer } from './setup.js'
import { TestClient } from './test-client.js'

const self = (): Api.users.GetUsers => new Api.users.GetUsers({ id: [new Api.InputUserSelf()] })

function stranger({ core, platform }: TestServer): TestClient {
  const client = new TestClient(core, platform)
  client.exchangeKeys(rsaKey)
  return client
}

async function proof(client: TestClient, password: string): Promise<Api.InputCheckPasswordSRP> {
  const { currentAlgo, srp_B, srpId } = client.call(new Api.account.GetPassword())
  const algorithm = currentAlgo as PasswordAlgorithm & object
  const answer = await answerPasswordChallenge(algorithm, srp_B!, password, client.platform.random)
  return new Api.InputCheckPasswordSRP({ srpId: srpId!, ...answer })
}

describe('two-step verification', () => {
  const withPassword = (): { server: TestServer; client: TestClient } => {
    const server = testServer()
    server.core.world.addUser({ phone: '+9996620009', password: 'correct horse' })
    const client = stranger(server)
    const phoneNumber = '+9996620009'
    const settings = new Api.CodeSettings({})
    const sendCode = new Api.auth.SendCode({ phoneNumber, apiId: 1, apiHash: 'x', settings })
    const { phoneCodeHash } = client.call(sendCode) as Api.auth.SentCode
    const signIn = new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode: '12345' })
    expect(() => client.call(signIn)).toThrow('401 SESSION_PASSWORD_NEEDED')
    return { server, client }
  }

  it('stands between the code and the account', async () => {
    const { client } = withPassword()
    expect(() => client.call(self())).toThrow('401 AUTH_KEY_UNREGISTERED')
    const wrong = new Api.auth.CheckPassword({ password: await proof(client, 'correct house') })
    expect(() => client.call(wrong)).toThrow('400 PASSWORD_HASH_INVALID')
    const right = new Api.auth.CheckPassword({ password: await proof(client, 'correct horse') })
    expect(client.call(right)).toBeInstanceOf(Api.auth.Authorization)
    expect(client.call(self())).toHaveLength(1)
  })

  it('takes each question for one answer', async () => {
    const { client } = withPassword()
    const password = await proof(client, 'correct horse')
    client.call(new Api.auth.CheckPassword({ password }))
    expect(() => client.call(new Api.auth.CheckPassword({ password }))).toThrow('400 SRP_ID_INVALID')
  })

  it('is turned on, changed and turned off by the account itself', async () => {
    const server = testServer()
    const client = loggedIn(server)
    const change = async (password: Api.TypeInputCheckPasswordSRP, next: string): Promise<void> => {
      const { newAlgo } = client.call(new Api.account.GetPassword())
      const made = await newPasswordVerifier(newAlgo as PasswordAlgorithm & object, next, server.platform.random)
      const newSettings = new Api.account.PasswordInputSettings({
        newAlgo: new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(made.algorithm),
        newPasswordHash: made.verifier,
        hint: 'h',
      })
      client.call(new Api.account.UpdatePasswordSettings({ password, newSettings }))
    }
    await change(new Api.InputCheckPasswordEmpty(), 'first')
    expect(client.call(new Api.account.GetPassword())).toMatchObject({ hasPassword: true, hint: 'h' })
    await expect(change(new Api.InputCheckPasswordEmpty(), 'second')).rejects.toThrow('400 PASSWORD_HASH_INVALID')
    await change(await proof(client, 'first'), 'second')
    const newAlgo = new Api.PasswordKdfAlgoUnknown()
    const off = new Api.account.PasswordInputSettings({ newAlgo, newPasswordHash: Buffer.alloc(0), hint: '' })
    client.call(new Api.account.UpdatePasswordSettings({ password: await proof(client, 'second'), newSettings: off }))
    expect(client.call(new Api.account.GetPassword()).hasPassword).toBe(false)
  })
})

describe('login by QR code', () => {
  const exported = (): Api.auth.ExportLoginToken =>
    new Api.auth.ExportLoginToken({ apiId: 1, apiHash: 'x', exceptIds: [] })

  it('goes through when somebody who is logged in accepts the token', async () => {
    const server = testServer()
    const [client, phone] = [stranger(server), loggedIn(server)]
    const { token } = client.call(exported()) as Api.auth.LoginToken
    phone.call(new Api.auth.AcceptLoginToken({ token }))
    await settled()
    expect(client.all(Api.UpdateShort)).toMatchObject([{ update: new Api.UpdateLoginToken() }])
    const { authorization } = client.call(exported()) as Api.auth.LoginTokenSuccess
    expect((authorization as Api.auth.Authorization).user).toMatchObject({ username: 'username', self: true })
  })

  it('refuses tokens that are unknown, accepted already, or older than 30 s', () => {
    const server = testServer()
    const [client, phone] = [stranger(server), loggedIn(server)]
    const accept = (token: Uint8Array) => () => phone.call(new Api.auth.AcceptLoginToken({ token: Buffer.from(token) }))
    expect(accept(new Uint8Array(32))).toThrow('400 AUTH_TOKEN_INVALID')
    const { token } = client.call(exported()) as Api.auth.LoginToken
    accept(token)()
    expect(accept(token)).toThrow('400 AUTH_TOKEN_ALREADY_ACCEPTED')
    const late = stranger(server).call(exported()) as Api.auth.LoginToken
    server.platform.advance(31_000)
    expect(accept(late.token)).toThrow('400 AUTH_TOKEN_EXPIRED')
  })
})
