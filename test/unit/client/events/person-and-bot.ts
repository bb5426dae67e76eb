import { afterAll, beforeAll } from 'vitest'
import type { TelegramClient } from '../../../../src/client/telegram-client.js'
import { eventWorld, PEOPLE, type EventWorld } from './event-world.js'

export interface PersonAndBot {
  readonly world: EventWorld
  readonly person: TelegramClient
  readonly bot: TelegramClient
}

/** A person and a bot who are connected while the tests of the calling file run. @param ready is called before the first of them */
export function personAndBot(ready: (all: PersonAndBot) => unknown): void {
  let world: EventWorld
  beforeAll(async () => {
    world = await eventWorld()
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot)]
    await ready({ world, person, bot })
  })
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
  })
}
