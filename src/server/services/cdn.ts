import * as Api from '../../../generated/api/index.js'
import { DOWNLOAD_WINDOW_BYTES } from '../limits.js'
import { encryptedPart, hashesFrom, type CdnFile } from '../world/cdn.js'
import type { World } from '../world/world.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const ALIGN = 4096

/**
 * Files on caching data centres: `upload.getCdnFile` is asked there, everything else of the master.
 * @see https://core.telegram.org/cdn
 */
export function addCdnServices(services: ServiceRegistry): void {
  services.on(Api.help.GetCdnConfig, 'anyone', (_request, { dataCentres }) => {
    const publicKeys = dataCentres
      .filter(({ cdn }) => cdn)
      .map(({ id, publicKey }) => new Api.CdnPublicKey({ dcId: id, publicKey }))
    return new Api.CdnConfig({ publicKeys })
  })

  services.on(Api.upload.GetCdnFile, 'anyone', ({ fileToken, offset, limit }, { world, dc }) => {
    if (!dc.cdn) refuse(400, 'CDN_METHOD_INVALID')
    const cdn = find(world, fileToken)
    const start = Number(toBigInt(offset))
    if (start < 0 || start % ALIGN !== 0) refuse(400, 'OFFSET_INVALID')
    if (limit <= 0 || limit % ALIGN !== 0 || DOWNLOAD_WINDOW_BYTES % limit !== 0) refuse(400, 'LIMIT_INVALID')
    if (cdn.requestToken !== undefined) return new Api.upload.CdnFileReuploadNeeded({ requestToken: cdn.requestToken })
    return new Api.upload.CdnFile({ bytes: encryptedPart(cdn, start, limit) })
  })

  services.on(Api.upload.ReuploadCdnFile, 'account', ({ fileToken, requestToken }, { world }) => {
    const cdn = find(world, fileToken)
    if (!world.cdn.upload(cdn, requestToken)) refuse(400, 'REQUEST_TOKEN_INVALID')
    return apiHashes(cdn, 0)
  })

  services.on(Api.upload.GetCdnFileHashes, 'account', ({ fileToken, offset }, { world }) =>
    apiHashes(find(world, fileToken), Number(toBigInt(offset))),
  )
}

/** What the master answers instead of the bytes of a file that a caching data centre serves. */
export function cdnRedirect(cdn: CdnFile, dcId: number, offset: number): Api.upload.FileCdnRedirect {
  return new Api.upload.FileCdnRedirect({
    dcId,
    fileToken: cdn.token,
    encryptionKey: cdn.key,
    encryptionIv: cdn.iv,
    fileHashes: apiHashes(cdn, offset),
  })
}

function find(world: World, token: Uint8Array): CdnFile {
  return world.cdn.find(token) ?? refuse(400, 'FILE_TOKEN_INVALID')
}

function apiHashes(cdn: CdnFile, offset: number): Api.FileHash[] {
  return hashesFrom(cdn, offset).map((hash) => new Api.FileHash({ ...hash, offset: BigInt(hash.offset) }))
}
