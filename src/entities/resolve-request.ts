import * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import { formatPath, type PathStep } from '../tl/encode-refusal.js'
import type { TlObject } from '../tl/object.js'
import { inputChannelOf, inputUserOf } from './convert.js'
import { findPeerSites, type PeerSite } from './peer-finder.js'

/** Looks up whatever stands for a peer. */
export type FindPeer = (value: unknown) => Promise<Api.TypeInputPeer>

/**
 * A copy of `request` in which every name, id and entity that stands for a peer is replaced by the TL object it stands
 * for, also inside nested objects and wrapped queries. The caller's request stays as it is; without anything to
 * replace, it is returned itself, at once.
 * @throws {LocalError} `entity`, with the TL path, when a peer cannot be found or is of the wrong kind.
 */
export function resolveRequest<R extends TlObject>(request: R, findPeer: FindPeer): R | Promise<R> {
  const sites = findPeerSites(request)
  return sites.length === 0 ? request : resolveSites(request, sites, findPeer)
}

async function resolveSites<R extends TlObject>(
  request: R,
  sites: readonly PeerSite[],
  findPeer: FindPeer,
): Promise<R> {
  const values = await Promise.all(sites.map((site) => resolveSite(request, site, findPeer)))
  const copies = new Map<object, object>()
  const root = copyOf(request, copies)
  sites.forEach(({ path }, i) => {
    let owner: object = root
    let original: object = request
    for (const step of path.slice(0, -1)) {
      original = (original as Record<PathStep, object>)[step]!
      const copy = copyOf(original, copies)
      ;(owner as Record<PathStep, object>)[step] = copy
      owner = copy
    }
    ;(owner as Record<PathStep, unknown>)[path.at(-1)!] = values[i]
  })
  return root as R
}

function copyOf(original: object, copies: Map<object, object>): object {
  let copy = copies.get(original)
  if (copy === undefined) {
    copy = Array.isArray(original)
      ? [...original]
      : Object.assign(Object.create(Object.getPrototypeOf(original) as object) as object, original)
    copies.set(original, copy)
  }
  return copy
}

async function resolveSite(request: TlObject, site: PeerSite, findPeer: FindPeer): Promise<unknown> {
  const { type, value } = site
  const ready = withoutLookup(site)
  if (ready !== undefined) return ready
  if (type === 'InputMessage' || type === 'InputPhoto' || type === 'InputDocument') return value
  const path = formatPath(request.className, site.path)
  let peer: Api.TypeInputPeer
  try {
    peer = await findPeer(value)
  } catch (error) {
    if (!(error instanceof LocalError) || error.failure !== 'entity') throw error
    throw new LocalError('entity', `${path}: ${error.message}`, { path, got: describe(value) }, { cause: error })
  }
  const converted = convert(type, peer)
  if (converted !== undefined) return converted
  const expected = type === 'InputUser' ? 'a user' : 'a channel or supergroup'
  const got = `${describe(value)}, which is ${article(peer.className)}`
  throw new LocalError('entity', `${path}: expected ${expected}, got ${got}`, { path, expected, got })
}

function convert(type: PeerSite['type'], peer: Api.TypeInputPeer): unknown {
  switch (type) {
    case 'InputUser':
      return inputUserOf(peer)
    case 'InputChannel':
      return inputChannelOf(peer)
    case 'InputDialogPeer':
      return new Api.InputDialogPeer({ peer })
    case 'InputNotifyPeer':
      return new Api.InputNotifyPeer({ peer })
    default:
      return peer
  }
}

/** Forms that name no peer: a message by its number, a photo or a document that was received. */
function withoutLookup({ type, value }: PeerSite): unknown {
  const { className, id, accessHash, fileReference } = value as {
    className?: string
    id: Api.long
    accessHash: Api.long
    fileReference: Uint8Array
  }
  if (type === 'InputMessage') {
    if (typeof value === 'number') return new Api.InputMessageID({ id: value })
    return className === 'Message' || className === 'MessageService'
      ? new Api.InputMessageID({ id: Number(id) })
      : undefined
  }
  if (type === 'InputPhoto' && className === 'Photo') return new Api.InputPhoto({ id, accessHash, fileReference })
  if (type === 'InputDocument' && className === 'Document')
    return new Api.InputDocument({ id, accessHash, fileReference })
  return undefined
}

function article(className: string): string {
  return `${/^[AEIOU]/.test(className) ? 'an' : 'a'} ${className}`
}
