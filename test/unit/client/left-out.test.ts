import * as theirs from 'telegram'
import { describe, expect, it } from 'vitest'
import { refuseLeftOut } from '../../../src/client/compat/left-out.node.js'
import { Api, TelegramClient } from '../../../src/entry/index.js'
import { MemorySession } from '../../../src/entry/sessions.js'

type Methods = Record<string, (...args: unknown[]) => unknown>

function methodsOf(client: TelegramClient): Methods {
  return client as unknown as Methods
}

const namespaces = Api as unknown as Record<string, Record<string, unknown>>

/** `Api.messages.SendMessage`, and `GetMessages` after it, of the same namespace. */
function namedRequests(advice: string): string[] {
  const namespace = /Api\.(\w+)\./.exec(advice)?.[1] ?? ''
  const words = advice.replace(/^.*?Api\./, '').match(/\b(?:[a-z]+\.)?[A-Z]\w+/g) ?? []
  return words.map((word) => (word.includes('.') ? word : `${namespace}.${word}`))
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
  it('name requests that exist', () => {
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
      if (!message.includes('invoke Api.')) continue
      for (const request of namedRequests(message)) {
        const [namespace, word] = request.split('.') as [string, string]
        expect(namespaces[namespace]?.[word], request).toBeDefined()
      }
    }
  })
  it('stay what a subclass makes of them', () => {
    class Own extends TelegramClient {
      inlineQuery(): string {
        return 'asked'
      }
    }
    expect(new Own(new MemorySession(), 1, 'hash', {}).inlineQuery()).toBe('asked')
  })
})
