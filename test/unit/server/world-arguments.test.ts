import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../../src/errors/errors.js'
import { decodeSessionString } from '../../../src/session/string-format.js'
import { testServer } from './setup.js'

const { core } = testServer()
const { world } = core
const odd = <T>(value: unknown): T => value as T

describe('what a test tells the server', () => {
  it.each<[what: string, tell: () => unknown, message: string]>([
    ['a name instead of an account', () => core.login(odd('ann')), 'account: expected an object, got "ann"'],
    ['a misspelt field', () => core.login(odd({ usernam: 'ann' })), "did you mean 'username'?"],
    ['an id that is none', () => world.addUser(odd({ id: 'abc' })), 'user.id: expected an id, a positive bigint or whole number, got "abc"'],
    ['half an id', () => world.addUser({ id: 1.5 }), 'user.id: expected an id'],
    ['an id that is taken', () => (world.addUser({ id: 77 }), world.addUser({ id: 77n })), 'id: expected an id that nobody has, got 77'],
    ['a group without a title', () => world.addChat(odd({})), 'chat.title: expected a text, got undefined'],
    ['a member that is no id', () => world.addChannel({ title: 'c', members: odd(['ann']) }), 'channel.members[0]: expected an id'],
    ['a file without bytes', () => world.addFile(odd({ bytes: 'text' })), 'file.bytes: expected a Uint8Array'],
    ['nobody', () => core.user(odd(null)), 'the world has no user null'],
    ['no update', () => core.push('username', odd(undefined)), 'updates: expected an update, or several, got undefined'],
    ['no text', () => core.message('username', 'username', odd(5)), 'text: expected a text, got 5'],
    ['no method', () => core.handle(odd<typeof Api.help.GetNearestDc>(undefined), odd(() => true)), 'method: expected the class of a method, got undefined'],
    ['no handler', () => core.handle(Api.help.GetNearestDc, odd(undefined)), 'handler: expected a function, got undefined'],
  ])('is refused: %s', (_, tell, message) => {
    expect(tell).toThrow(LocalError)
    expect(tell).toThrow(message)
  })

  it('leaves no account behind when it is refused', () => {
    const before = world.users.size
    expect(() => core.login(odd({ username: 'new_one', bto: true }))).toThrow(LocalError)
    expect(world.users.size).toBe(before)
  })

  it('may name members by number, and a channel by its name', () => {
    const ann = world.addUser({ username: 'ann', id: 501 })
    const channel = world.addChannel({ title: 'News', username: 'the_news', members: [501], admins: [501n] })
    expect([...channel.members]).toEqual([501n])
    const { message } = core.message(ann, '@the_news', 'hello')
    expect(channel.box.written(message.id)?.message).toBe('hello')
    expect(decodeSessionString(core.login({ id: 501, dcId: 2 })).dcId).toBe(2)
    expect(world.users.get(501n)).toBe(ann)
  })
})
