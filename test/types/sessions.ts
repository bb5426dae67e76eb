import { MemorySession, Session, StoreSession, StringSession } from '../../src/entry/sessions.js'

/** `save(): void` as classes that were written for the package `telegram` have it: each has to type-check as it stands. */
export class OwnMemorySession extends MemorySession {
  override save(): void {
    super.save()
  }
}

export class OwnStoreSession extends StoreSession {
  override save(): void {
    super.save()
  }
}

export abstract class OwnSession extends Session {
  override save(): void {}
}

/** There, a `StringSession` returns its string, too. */
export class OwnStringSession extends StringSession {
  override save(): string {
    return super.save()
  }
}
