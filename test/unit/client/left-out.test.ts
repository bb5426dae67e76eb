import * as theirs from 'telegram'
import { describe, expect, it } from 'vitest'
import { refuseLeftOut } from '../../../src/client/compat/left-out.node.js'
import { TelegramClient } from '../../../src/entry/index.js'
import { MemorySession } from '../../../src/entry/sessions.js'

type Methods = Record<string, (...args: unknown[]) => unknown>

function methodsOf(client: TelegramClient): Methods {
  return client as unknown as Methods
}

describe('the methods of existing clients', () => {
  const names = Object.entries(Object.getOwnPropertyDescriptors(theirs.TelegramClient.prototype))
    .filter(([name, { value }]) => !name.startsWith('_') && typeof value === 'function')
    .map(([name]) => name)
  it('are all here, or say what to use', () => {
    const client = methodsOf(new TelegramClient(new MemorySession(), 1, 'hash', {}))
    expect(names).toContain('sendMessage')
    expect(names.filter((name) => typeof client[name] !== 'function')).toEqual([])
  })
  it('say what to use where they are not', () => {
    const refusing: Methods = {}
    refuseLeftOut(refusing)
    const left = Object.getOwnPropertyNames(refusing)
    expect(left.length).toBeGreaterThan(3)
    const fromItsBase = ['getSender']
    expect(left.filter((name) => !names.includes(name) && !fromItsBase.includes(name))).toEqual([])
    for (const name of left) {
      let message = ''
      try {
        refusing[name]!('username', {})
      } catch (error) {
        message = (error as Error).message
      }
      expect(message).toMatch(new RegExp(`^this client has no ${name}\\(\\): .+`))
    }
  })
  it('stay what a subclass makes of them', () => {
    class Own extends TelegramClient {
      getDC(): string {
        return 'asked'
      }
    }
    expect(new Own(new MemorySession(), 1, 'hash', {}).getDC()).toBe('asked')
  })
})
