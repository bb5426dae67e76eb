import { TlEncodeError } from '../errors/codec.js'
import * as Api from '../../generated/api/index.js'
import { TlObject } from '../tl/object.js'
import { Writable, Writer } from '../tl/writer.js'
import type { PathStep } from '../tl/encode-refusal.js'
import { MAX_DEPTH } from '../tl/limits.js'
import { watch } from '../tl/watch.js'

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
 * does that afterwards. Most requests have nothing to look up: only where there is something, the request is walked
 * once more to learn where that lies.
 */
class PeerFinder extends Writer {
  #sites: PeerSite[] = []
  #found = false
  #depth = 0
  #request: Writable | undefined
  #path: readonly PathStep[] | undefined

  find(request: Writable): PeerSite[] {
    this.#sites = []
    this.#found = false
    this.#walk(request)
    if (this.#found) {
      const path: PathStep[] = []
      this.#request = request
      this.#path = path
      this.#walk(watch(request, path))
      this.#request = this.#path = undefined
    }
    return this.#sites
  }

  /** A value that does not fit ends the search: judging is the writer's part, and `getBytes` says what is wrong with it. */
  #walk(request: Writable): void {
    this.#depth = 0
    try {
      request.write(this)
    } catch (error) {
      if (!(error instanceof TlEncodeError)) throw error
    }
  }

  override boxed(value: unknown, type: string): void {
    if (RESOLVABLE.has(type) && value !== undefined && value !== null && !isOf(value, type)) this.#note(type as ResolvableType)
    else if (value instanceof Writable && this.#depth < MAX_DEPTH) {
      this.#depth++
      value.write(this)
      this.#depth--
    }
  }

  #note(type: ResolvableType): void {
    this.#found = true
    if (this.#path === undefined) return
    const path = [...this.#path]
    // What is watched is not the value itself.
    const value = path.reduce<unknown>((owner, step) => (owner as Record<PathStep, unknown>)[step], this.#request)
    this.#sites.push({ type, value, path })
  }

  override begin(): void {}
  override beginRequest(): void {}
  override flags(): void {}
  override int(): void {}
  override string(): void {}
  override bytes(): void {}
  override put(): void {}
  override enter(): void {}
  override leave(): void {}
}

/** One for all: finding is synchronous. */
const finder = new PeerFinder(0)

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
