import * as Api from '../../../generated/api/index.js'
import type { ServiceContext } from './context.js'
import type { ServiceRegistry } from './registry.js'

const CONFIG_SECONDS = 3600

/** What a client asks before anybody has logged in. */
export function addHelpServices(services: ServiceRegistry): void {
  services.on(Api.help.GetConfig, 'anyone', (_request, context) => config(context))
  services.on(Api.help.GetNearestDc, 'anyone', (_request, { dc }) =>
    new Api.NearestDc({ country: 'US', thisDc: dc.id, nearestDc: dc.id }),
  )
  services.on(Api.help.GetAppConfig, 'anyone', () =>
    new Api.help.AppConfig({ hash: 1, config: new Api.JsonObject({ value: [] }) }),
  )
}

/** The limits are those that Telegram's own config has carried for years; the addresses are this server's. */
function config({ now, dc, dataCentres }: ServiceContext): Api.Config {
  return new Api.Config({
    date: now,
    expires: now + CONFIG_SECONDS,
    testMode: false,
    thisDc: dc.id,
    dcOptions: dataCentres.map(({ id, host, port, mediaOnly, cdn }) =>
      new Api.DcOption({ id, ipAddress: host, port, mediaOnly, cdn, static: true, thisPortOnly: true }),
    ),
    dcTxtDomainName: 'localhost',
    chatSizeMax: 200,
    megagroupSizeMax: 200_000,
    forwardedCountMax: 100,
    onlineUpdatePeriodMs: 210_000,
    offlineBlurTimeoutMs: 5000,
    offlineIdleTimeoutMs: 30_000,
    onlineCloudTimeoutMs: 300_000,
    notifyCloudDelayMs: 30_000,
    notifyDefaultDelayMs: 1500,
    pushChatPeriodMs: 60_000,
    pushChatLimit: 2,
    editTimeLimit: 172_800,
    revokeTimeLimit: 2_147_483_647,
    revokePmTimeLimit: 2_147_483_647,
    ratingEDecay: 2_419_200,
    stickersRecentLimit: 200,
    channelsReadMediaPeriod: 604_800,
    callReceiveTimeoutMs: 20_000,
    callRingTimeoutMs: 90_000,
    callConnectTimeoutMs: 30_000,
    callPacketTimeoutMs: 10_000,
    meUrlPrefix: 'https://t.me/',
    captionLengthMax: 1024,
    messageLengthMax: 4096,
    webfileDcId: dc.id,
  })
}
