import { LocalError } from '../errors/errors.js'
import { AuthKey } from './auth-key.js'
import { entityRowsOf } from './entity-row.js'
import type { KeyValueStore } from './key-value-store.js'
import { MemorySession } from './memory-session.js'
import { platformStore } from './platform-store.node.js'
import {
  isStoredAddress,
  isStoredDcId,
  isStoredKey,
  isStoredPort,
  isStoredRows,
  isStoredState,
  type IsStored,
} from './stored-values.js'
import type { UpdateState } from './update-state.js'

/** Rows of a `processEntities` call that is not followed by `save` are written once so many have gathered. */
const UNSAVED_ROWS = 100

/**
 * A session on disk (Node: files in the folder `./<name>`) or in `localStorage` (browsers): key, home data centre,
 * known
 * peers with their usernames, and how far updates were processed. Several clients must not share one name.
 * @throws {LocalError} `argument`, when the name is empty, is `session`, or names a place outside the current folder.
 */
export class StoreSession extends MemorySession {
  readonly #store: KeyValueStore
  readonly #prefix: string
  #unsavedRows = 0
  #savedState: UpdateState | undefined

  constructor(name: string, divider: string = ':', store: KeyValueStore = openStore(name)) {
    super()
    this.#store = store
    this.#prefix = `${name}${divider}`
  }

  /** @throws {LocalError} `session`, naming what is stored in another form than it was written in. */
  override async load(): Promise<void> {
    const dcId = this.#read('dcId', isStoredDcId)
    const port = this.#read('port', isStoredPort)
    const serverAddress = this.#read('serverAddress', isStoredAddress)
    if (dcId !== undefined && port !== undefined && serverAddress !== undefined) super.setDC(dcId, serverAddress, port)
    const key = this.#read('authKey', isStoredKey)
    if (key !== undefined) super.setAuthKey(new AuthKey(Uint8Array.from(key.data)))
    for (const key of this.#store.keys()) this.#loadSingleRow(key)
    for (const row of this.#read('entities', isStoredRows) ?? []) this.entities.put(row)
    this.updateState = this.#savedState = this.#read('updateState', isStoredState)
  }

  override setDC(dcId: number, serverAddress: string, port: number): void {
    super.setDC(dcId, serverAddress, port)
    this.#write('dcId', dcId)
    this.#write('port', port)
    this.#write('serverAddress', serverAddress)
  }

  override setAuthKey(authKey?: AuthKey, dcId: number = this.dcId): void {
    super.setAuthKey(authKey, dcId)
    if (dcId !== this.dcId) return
    const key = authKey?.getKey()
    if (key === undefined) this.#store.remove(`${this.#prefix}authKey`)
    else this.#write('authKey', { type: 'Buffer', data: Array.from(key) })
  }

  override processEntities(value: unknown): void {
    for (const row of entityRowsOf(value)) if (this.entities.put(row)) this.#unsavedRows++
    if (this.#unsavedRows >= UNSAVED_ROWS) this.#saveRows()
  }

  override save(): void {
    if (this.#unsavedRows > 0) this.#saveRows()
    if (this.updateState !== this.#savedState) {
      this.#write('updateState', this.updateState)
      this.#savedState = this.updateState
    }
  }

  override close(): void {
    this.save()
  }

  override delete(): void {
    for (const key of this.#store.keys()) if (key.startsWith(this.#prefix)) this.#store.remove(key)
  }

  #saveRows(): void {
    this.#write('entities', [...this.entities.all()])
    this.#unsavedRows = 0
  }

  /** The older form of a stored peer: a key of its marked id, and `[id, hash, username, phone, name, time]`. */
  #loadSingleRow(key: string): void {
    const marked = key.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : ''
    if (!/^-?\d+$/.test(marked)) return
    const row = this.#read(marked, (value): value is unknown[] => Array.isArray(value))
    if (row === undefined) return
    const [, hash, username, phone] = row
    const kind = !marked.startsWith('-') ? 'user' : marked.startsWith('-100') ? 'channel' : 'chat'
    this.entities.put({
      kind,
      id: marked.replace(/^-(?:100)?/, ''),
      accessHash: kind === 'chat' || hash === undefined || hash === null ? undefined : String(hash),
      usernames: typeof username === 'string' && username !== '' ? [username.toLowerCase()] : [],
      phone: typeof phone === 'string' && phone !== '' ? phone.replace(/\D/g, '') : undefined,
    })
  }

  /** Nothing where nothing, or `null`, is stored. */
  #read<T>(name: string, isStored: IsStored<T>): T | undefined {
    const text = this.#store.get(`${this.#prefix}${name}`)
    if (text === undefined) return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      throw this.#damaged(name, 'is not JSON')
    }
    if (value === null) return undefined
    if (!isStored(value)) throw this.#damaged(name, 'has not the form in which sessions are stored')
    return value
  }

  #damaged(name: string, what: string): LocalError {
    return new LocalError(
      'session',
      `the stored session is damaged: ${this.#prefix}${name} ${what}; delete it and log in again`,
    )
  }

  #write(name: string, value: unknown): void {
    this.#store.set(`${this.#prefix}${name}`, JSON.stringify(value))
  }
}

function openStore(name: string): KeyValueStore {
  if (typeof name !== 'string' || name === '' || name === 'session' || /(?:^|[\\/])\.\.?(?:[\\/]|$)/.test(name)) {
    throw new LocalError('argument', `${JSON.stringify(name)} cannot name a stored session; choose another name`)
  }
  return platformStore(name)
}
