import { TlEncodeError } from '../errors/codec.js'
import * as Api from '../../generated/api/index.js'
import { TlObject } from '../tl/object.js'
import { Writable, Writer } from '../tl/writer.js'
import type { PathStep } from '../tl/encode-refusal.js'
import { MAX_DEPTH } from '../tl/limits.js'

/** Types whose fields may hold something that stands for them: a name, an id, an entity. */
export type ResolvableType =
  | 'InputPeer'
  | 'InputUser'
  | 'InputChannel'
  | 'InputDialogPeer'
  | 'InputNotifyPeer'
  | 'InputMessage'
  | 'InputPhoto'
  | 'InputDocument'

const RESOLVABLE: ReadonlySet<string> = new Set<ResolvableType>([
  'InputPeer',
  'InputUser',
  'InputChannel',
  'InputDialogPeer',
  'InputNotifyPeer',
  'InputMessage',
  'InputPhoto',
  'InputDocument',
])

/** One place in a request where something has to be looked up or converted. */
export interface PeerSite {
  readonly type: ResolvableType
  readonly value: unknown
  /** From the request down: names of properties and indices. */
  readonly path: readonly PathStep[]
}

/**
 * Walks a request the way a writer does, and writes nothing: the generated `write` methods say of every field which TL
 * type it has, however deep it lies, so that no table of peer fields is needed. Values are not judged here; the writer
 * does that afterwards.
 */
class PeerFinder extends Writer {
  sites: PeerSite[] = []
  #path: PathStep[] = []
  #owner: object = this

  find(request: Writable): PeerSite[] {
    this.sites = []
    this.#path = []
    this.#owner = request
    // Judging is the writer's part: a value that does not fit ends the search, and `getBytes` says what is wrong with
    // it.
    try {
      request.write(this)
    } catch (error) {
      if (!(error instanceof TlEncodeError)) throw error
    }
    return this.sites
  }

  override boxed(value: unknown, type: string, field: PathStep): void {
    const step = typeof field === 'number' ? field : propertyName(this.#owner, field)
    if (RESOLVABLE.has(type) && value !== undefined && value !== null && !isOf(value, type)) {
      this.sites.push({ type: type as ResolvableType, value, path: [...this.#path, step] })
    } else if (value instanceof Writable) {
      this.#down(value, step)
    }
  }

  override items(value: unknown, field: PathStep): readonly unknown[] {
    this.#path.push(typeof field === 'number' ? field : propertyName(this.#owner, field))
    return Array.isArray(value) ? value : []
  }

  override leave(): void {
    this.#path.pop()
  }

  #down(value: Writable, step: PathStep): void {
    if (this.#path.length >= MAX_DEPTH) return
    const owner = this.#owner
    this.#path.push(step)
    this.#owner = value
    value.write(this)
    this.#owner = owner
    this.#path.pop()
  }

  override flag(value: unknown, mask: number): number {
    return value === true ? mask : 0
  }
  override isSet(value: unknown): true | undefined {
    return value === true || undefined
  }
  override tied(mask: number, first: unknown): number {
    return first != null && first !== false ? mask : 0
  }
  override begin(): void {}
  override beginRequest(): void {}
  override flags(): void {}
  override int(): void {}
  override uint(): void {}
  override int64(): void {}
  override string(): void {}
  override bytes(): void {}
  override raw(): void {}
  override enter(): void {}
}

/** One for all: finding is synchronous, and a writer's memory is not worth taking for every call. */
const finder = new PeerFinder()

/** The places in `request`, nested objects included, that do not hold the TL object they need. */
export function findPeerSites(request: Writable): PeerSite[] {
  return finder.find(request)
}

/** Whether the value is an object of the type already, by the number of the type that every object carries. */
function isOf(value: unknown, type: string): boolean {
  return value instanceof TlObject && value.SUBCLASS_OF_ID === TYPE_NUMBERS[type as ResolvableType]
}

/** CRC-32 of each name. */
const TYPE_NUMBERS: Readonly<Record<ResolvableType, number>> = {
  InputPeer: Api.InputPeerSelf.SUBCLASS_OF_ID,
  InputUser: Api.InputUserSelf.SUBCLASS_OF_ID,
  InputChannel: Api.InputChannel.SUBCLASS_OF_ID,
  InputDialogPeer: Api.InputDialogPeer.SUBCLASS_OF_ID,
  InputNotifyPeer: Api.InputNotifyPeer.SUBCLASS_OF_ID,
  InputMessage: Api.InputMessageID.SUBCLASS_OF_ID,
  InputPhoto: Api.InputPhoto.SUBCLASS_OF_ID,
  InputDocument: Api.InputDocument.SUBCLASS_OF_ID,
}

/** `admin_id`, as the writer is told, to `adminId`, as the object has it. */
function propertyName(owner: object, tlName: string): string {
  if (Object.hasOwn(owner, tlName)) return tlName
  return tlName.replace(/_+([a-zA-Z0-9])/g, (_, next: string) => next.toUpperCase())
}
