import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { loggedIn, rsaKey, testServer, type TestServer } from './setup.js'
import { TestClient } from './test-client.js'

describe('login', () => {
  const stranger = (server: TestServer, dcId?: number): TestClient => {
    const client = new TestClient(server.core, server.platform, undefined, dcId)
    client.exchangeKeys(rsaKey, { dc: dcId ?? 2 })
    return client
  }
  const sendCode = (client: TestClient, phoneNumber: string): string => {
    const settings = new Api.CodeSettings({})
    const request = new Api.auth.SendCode({ phoneNumber, apiId: 1, apiHash: 'x', settings })
    return (client.call(request) as Api.auth.SentCode).phoneCodeHash
  }

  it('by phone number and code', () => {
    const client = stranger(testServer())
    const phoneNumber = '+99966 20001'
    const phoneCodeHash = sendCode(client, phoneNumber)
    const signIn = (phoneCode: string): Api.auth.TypeAuthorization =>
      client.call(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode }))
    expect(() => signIn('54321')).toThrow('400 PHONE_CODE_INVALID')
    const { user } = signIn('12345') as Api.auth.Authorization
    expect((user as Api.User).username).toBe('username')
    expect((client.call(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))[0] as Api.User).self).toBe(true)
    client.call(new Api.auth.LogOut())
    expect(() => client.call(new Api.users.GetUsers({ id: [] }))).toThrow('401 AUTH_KEY_UNREGISTERED')
  })

  it('of an unknown number leads to signing up', () => {
    const client = stranger(testServer())
    const phoneNumber = '+99966299'
    const phoneCodeHash = sendCode(client, phoneNumber)
    const answer = client.call(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode: '12345' }))
    expect(answer).toBeInstanceOf(Api.auth.AuthorizationSignUpRequired)
    const signUp = new Api.auth.SignUp({ phoneNumber, phoneCodeHash, firstName: 'New', lastName: '' })
    const made = client.call(signUp) as Api.auth.Authorization
    expect((made.user as Api.User).firstName).toBe('New')
  })

  it('by bot token', () => {
    const client = stranger(testServer())
    const bot = (botAuthToken: string): Api.auth.TypeAuthorization =>
      client.call(new Api.auth.ImportBotAuthorization({ flags: 0, apiId: 1, apiHash: 'x', botAuthToken }))
    expect(() => bot('nonsense')).toThrow('400 ACCESS_TOKEN_INVALID')
    const { user } = bot('123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA') as Api.auth.Authorization
    expect(user).toMatchObject({ bot: true, self: true })
  })

  it('is sent to the data centre where the account lives, and can be exported to another, once', () => {
    const server = testServer({ dataCentres: [{ id: 2, port: 4430 }, { id: 4, port: 4431 }] })
    server.core.world.addUser({ phone: '+44012345', username: 'elsewhere', homeDc: 4 })
    const home = stranger(server)
    expect(() => sendCode(home, '+44012345')).toThrow('303 PHONE_MIGRATE_4')
    const client = loggedIn(server)
    const { id, bytes } = client.call(new Api.auth.ExportAuthorization({ dcId: 4 }))
    const other = stranger(server, 4)
    const imported = (login: { id: Api.long; bytes: Buffer }) => other.call(new Api.auth.ImportAuthorization(login))
    const { user } = imported({ id, bytes }) as Api.auth.Authorization
    expect((user as Api.User).username).toBe('username')
    expect(() => imported({ id, bytes })).toThrow('400 AUTH_BYTES_INVALID')
    const late = client.call(new Api.auth.ExportAuthorization({ dcId: 4 }))
    server.platform.advance(60_001)
    expect(() => imported({ id: late.id, bytes: late.bytes })).toThrow('400 AUTH_BYTES_INVALID')
  })
})
