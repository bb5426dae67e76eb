import * as Api from '../../../generated/api/index.js'
import type { World } from '../world/world.js'
import type { HandlerContext } from './context.js'
import { newPoll } from './new-polls.js'
import { refuse } from './refuse.js'

/** How many values a dice has. @see https://core.telegram.org/api/dice */
const DICE_SIDES: Readonly<Record<string, bigint>> = { '🎲': 6n, '🎯': 6n, '🎳': 6n, '🏀': 5n, '⚽': 5n, '🎰': 64n }

/** A place; `period` is there while it is live. */
type Place = Pick<Api.InputMediaGeoPoint, 'geoPoint'> &
  Partial<Pick<Api.InputMediaGeoLive, 'heading' | 'period' | 'proximityNotificationRadius'>>
type Venue = Pick<Api.InputMediaVenue, 'geoPoint' | 'title' | 'address' | 'provider' | 'venueId' | 'venueType'>
type Contact = Pick<Api.InputMediaContact, 'phoneNumber' | 'firstName' | 'lastName' | 'vcard'>

const INVALID = 'MEDIA_INVALID'

/**
 * Media that are no files: places, people, dice and polls.
 * @returns `undefined` for all others
 * @throws {RpcError} 400 MEDIA_INVALID, for a place that is none; EMOTICON_INVALID, for what is no dice; and what is wrong with a poll
 */
export function plainMedia(media: Api.TypeInputMedia, context: HandlerContext): Api.TypeMessageMedia | undefined {
  const { world } = context
  switch (media.className) {
    case 'InputMediaGeoPoint':
      return placeMedia(media, INVALID)
    case 'InputMediaGeoLive':
      return media.period === undefined ? refuse(400, INVALID) : placeMedia(media, INVALID)
    case 'InputMediaVenue':
      return venueMedia(media, INVALID)
    case 'InputMediaContact':
      return contactMedia(media, world)
    case 'InputMediaDice': {
      const sides = DICE_SIDES[media.emoticon] ?? refuse(400, 'EMOTICON_INVALID')
      return new Api.MessageMediaDice({ emoticon: media.emoticon, value: Number(world.randomId() % sides) + 1 })
    }
    case 'InputMediaPoll':
      return newPoll(media, context)
    default:
      return undefined
  }
}

/** @throws {RpcError} 400 `refusal`, for a place that is none */
export function placeMedia(place: Place, refusal: string): Api.MessageMediaGeo | Api.MessageMediaGeoLive {
  const { heading, period, proximityNotificationRadius } = place
  const geo = placeOf(place, refusal)
  if (period === undefined) return new Api.MessageMediaGeo({ geo })
  return new Api.MessageMediaGeoLive({ geo, heading, period, proximityNotificationRadius })
}

/** @throws {RpcError} 400 `refusal`, for a place that is none */
export function venueMedia(venue: Venue, refusal: string): Api.MessageMediaVenue {
  const { title, address, provider, venueId, venueType } = venue
  return new Api.MessageMediaVenue({ geo: placeOf(venue, refusal), title, address, provider, venueId, venueType })
}

/** With the account that has the number, where one has. */
export function contactMedia({ phoneNumber, firstName, lastName, vcard }: Contact, world: World): Api.MessageMediaContact {
  const userId = world.byPhone(phoneNumber)?.id ?? 0
  return new Api.MessageMediaContact({ phoneNumber, firstName, lastName, vcard, userId })
}

/** A place as others see it. */
export function geoPoint(place: Api.TypeInputGeoPoint): Api.TypeGeoPoint {
  if (!(place instanceof Api.InputGeoPoint)) return new Api.GeoPointEmpty()
  const { lat, long, accuracyRadius } = place
  return new Api.GeoPoint({ lat, long, accuracyRadius, accessHash: 0 })
}

function placeOf({ geoPoint: place }: Pick<Place, 'geoPoint'>, refusal: string): Api.TypeGeoPoint {
  return place instanceof Api.InputGeoPoint ? geoPoint(place) : refuse(400, refusal)
}
