import * as Api from '../../../generated/api/index.js'
import type { HandlerContext } from './context.js'
import { refuse } from './refuse.js'

/** How many values a dice has. @see https://core.telegram.org/api/dice */
const DICE_SIDES: Readonly<Record<string, bigint>> = { '🎲': 6n, '🎯': 6n, '🎳': 6n, '🏀': 5n, '⚽': 5n, '🎰': 64n }

/**
 * Media that are no files: places, people and dice.
 * @returns `undefined` for all others
 * @throws {RpcError} 400 MEDIA_INVALID, for a place that is none; EMOTICON_INVALID, for what is no dice
 */
export function plainMedia(media: Api.TypeInputMedia, { world }: HandlerContext): Api.TypeMessageMedia | undefined {
  switch (media.className) {
    case 'InputMediaGeoPoint':
      return new Api.MessageMediaGeo({ geo: placeOf(media.geoPoint) })
    case 'InputMediaGeoLive': {
      const { heading, period, proximityNotificationRadius } = media
      if (period === undefined) refuse(400, 'MEDIA_INVALID')
      return new Api.MessageMediaGeoLive({ geo: placeOf(media.geoPoint), heading, period, proximityNotificationRadius })
    }
    case 'InputMediaVenue': {
      const { title, address, provider, venueId, venueType } = media
      return new Api.MessageMediaVenue({ geo: placeOf(media.geoPoint), title, address, provider, venueId, venueType })
    }
    case 'InputMediaContact': {
      const { phoneNumber, firstName, lastName, vcard } = media
      const userId = world.byPhone(phoneNumber)?.id ?? 0
      return new Api.MessageMediaContact({ phoneNumber, firstName, lastName, vcard, userId })
    }
    case 'InputMediaDice': {
      const sides = DICE_SIDES[media.emoticon] ?? refuse(400, 'EMOTICON_INVALID')
      return new Api.MessageMediaDice({ emoticon: media.emoticon, value: Number(world.randomId() % sides) + 1 })
    }
    default:
      return undefined
  }
}

/** A place as others see it. */
export function geoPoint(place: Api.TypeInputGeoPoint): Api.TypeGeoPoint {
  if (!(place instanceof Api.InputGeoPoint)) return new Api.GeoPointEmpty()
  const { lat, long, accuracyRadius } = place
  return new Api.GeoPoint({ lat, long, accuracyRadius, accessHash: 0 })
}

function placeOf(place: Api.TypeInputGeoPoint): Api.TypeGeoPoint {
  return place instanceof Api.InputGeoPoint ? geoPoint(place) : refuse(400, 'MEDIA_INVALID')
}
