import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { resolve } from './asking.js'
import { loggedIn, testServer } from './setup.js'

function world() {
  const server = testServer()
  const [client, friend] = [loggedIn(server), loggedIn(server, 'friend_of_username')]
  const known = (): Api.contacts.Contacts => client.call(new Api.contacts.GetContacts({ hash: 0 })) as Api.contacts.Contacts
  return { server, client, friend, known }
}

describe('contacts', () => {
  it('bear the names that they are given, and show their number', () => {
    const { client, friend, known } = world()
    const { user } = resolve(client, 'friend_of_username')
    expect(known()).toMatchObject({ contacts: [], users: [] })
    const add = (firstName: string) => () => client.call(new Api.contacts.AddContact({ id: user, firstName, lastName: '', phone: '' }))
    expect(add('')).toThrow('400 CONTACT_NAME_EMPTY')
    expect(add('Pal')()).toMatchObject({ users: [{ firstName: 'Pal', lastName: undefined, contact: true, mutualContact: false, phone: '9996620002' }] })
    expect(known()).toMatchObject({ contacts: [{ mutual: false }], users: [{ firstName: 'Pal' }] })
    expect(friend.call(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))).toMatchObject([{ firstName: 'Friend', contact: false }])
    friend.call(new Api.contacts.AddContact({ id: resolve(friend, 'username').user, firstName: 'Me', lastName: 'Too', phone: '' }))
    expect(known()).toMatchObject({ contacts: [{ mutual: true }], users: [{ mutualContact: true }] })
    client.call(new Api.contacts.DeleteContacts({ id: [user] }))
    expect(known()).toMatchObject({ contacts: [] })
    expect(client.call(new Api.users.GetUsers({ id: [user] }))).toMatchObject([{ firstName: 'Friend', phone: undefined }])
    expect(() => client.call(new Api.contacts.DeleteContacts({ id: [new Api.InputUserSelf()] }))).toThrow('400 CONTACT_ID_INVALID')
  })
  it('are found by their numbers, and others by their names', () => {
    const { client, known } = world()
    const contact = (clientId: bigint, phone: string) => new Api.InputPhoneContact({ clientId, phone, firstName: 'F', lastName: 'L' })
    const imported = client.call(new Api.contacts.ImportContacts({ contacts: [contact(7n, '+999 662 0002'), contact(8n, '+1')] }))
    expect(imported.imported.map(({ clientId }) => String(clientId))).toEqual(['7'])
    expect(known().users).toMatchObject([{ firstName: 'F', lastName: 'L' }])
    const search = (q: string, args: object = {}) => client.call(new Api.contacts.Search({ q, limit: 10, ...args }))
    expect(search('USERNAME').users.map((user) => (user as Api.User).username).sort()).toEqual(['friend_of_username', 'username'])
    expect(search('@a_gr')).toMatchObject({ users: [], chats: [{ title: 'A group' }] })
    expect(search('a_gr', { broadcasts: true })).toMatchObject({ results: [] })
    expect(() => search('ab')).toThrow('400 QUERY_TOO_SHORT')
  })
})

describe('the commands of a bot', () => {
  it('are kept by place and language, and shown', () => {
    const server = testServer()
    server.core.world.addUser({ username: 'echo_bot', bot: true })
    const [person, bot] = [loggedIn(server), loggedIn(server, 'echo_bot')]
    const scope = new Api.BotCommandScopeDefault()
    const commands = [new Api.BotCommand({ command: 'start', description: 'Begin' })]
    const set = (given: Api.BotCommand[]) => () => bot.call(new Api.bots.SetBotCommands({ scope, langCode: '', commands: given }))
    const shown = (): unknown => (person.call(new Api.users.GetFullUser({ id: resolve(person, 'echo_bot').user })).fullUser.botInfo!).commands
    expect(shown()).toEqual([])
    expect(set(commands)()).toBe(true)
    expect(bot.call(new Api.bots.GetBotCommands({ scope, langCode: '' }))).toMatchObject([{ command: 'start' }])
    expect(bot.call(new Api.bots.GetBotCommands({ scope, langCode: 'de' }))).toEqual([])
    expect(shown()).toMatchObject([{ command: 'start', description: 'Begin' }])
    expect(set([new Api.BotCommand({ command: 'Start', description: 'x' })])).toThrow('400 BOT_COMMAND_INVALID')
    expect(set([new Api.BotCommand({ command: 'start', description: '' })])).toThrow('400 BOT_COMMAND_DESCRIPTION_INVALID')
    expect(set(Array.from({ length: 101 }, () => commands[0]!))).toThrow('400 BOT_COMMANDS_TOO_MUCH')
    bot.call(new Api.bots.ResetBotCommands({ scope, langCode: '' }))
    expect(shown()).toEqual([])
    expect(() => person.call(new Api.bots.GetBotCommands({ scope, langCode: '' }))).toThrow('400 USER_BOT_REQUIRED')
  })
})
