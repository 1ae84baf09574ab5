import { z } from 'zod'
import { normalizeText } from '../../../domain/input-text.ts'
import { findWebAddressProblem } from '../../../domain/web-address.ts'
import type { Place } from '../../domain/places.ts'

/** The lengths of the columns that the texts are stored in. */
const MAX_LENGTHS = { placeId: 255, name: 200, address: 500, phone: 20, website: 255, photo: 500 }

/** The path of a photo, as Google names it. It becomes a part of a URL. */
export const PHOTO_NAME = /^places\/[\w-]+\/photos\/[\w-]+$/
const PLACE_ID = /^[\w-]+$/

/** One line of text without control characters, at most `length` long; null for anything else. */
const optionalLine = (length: number) =>
  z
    .string()
    .transform((text) => cleanLine(text).slice(0, length).trim() || null)
    .nullish()
    .catch(null)
    .transform((text) => text ?? null)

const cleanLine = (text: string): string =>
  normalizeText(text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')).trim()

const address = z
  .string()
  .max(MAX_LENGTHS.website)
  .refine((text) => findWebAddressProblem(text) === null)
  .nullish()
  .catch(null)

const photoName = z.string().max(MAX_LENGTHS.photo).regex(PHOTO_NAME)

/**
 * One place, with the fields of the field mask. A text that does not fit its column is truncated;
 * a phone number, website or photo that does not fit is dropped.
 */
export const PLACE = z
  .object({
    id: z.string().max(MAX_LENGTHS.placeId).regex(PLACE_ID),
    displayName: z.object({ text: z.string().transform(cleanLine).pipe(z.string().min(1)) }),
    formattedAddress: optionalLine(MAX_LENGTHS.address),
    location: z.object({
      latitude: z.number().min(-90).max(90).transform(roundDegrees),
      longitude: z.number().min(-180).max(180).transform(roundDegrees),
    }),
    nationalPhoneNumber: z
      .string()
      .transform(cleanLine)
      .pipe(z.string().max(MAX_LENGTHS.phone))
      .nullish()
      .catch(null),
    websiteUri: address,
    photos: z.array(z.unknown()).catch([]),
    businessStatus: z.string().nullish().catch(null),
  })
  .transform((place) => ({
    isClosed: place.businessStatus === 'CLOSED_PERMANENTLY',
    place: {
      placeId: place.id,
      name: place.displayName.text.slice(0, MAX_LENGTHS.name),
      address: place.formattedAddress,
      ...place.location,
      phone: place.nationalPhoneNumber || null,
      website: place.websiteUri ?? null,
      photoReference: findPhotoName(place.photos),
    } satisfies Place,
  }))

/** The degrees with the eight decimal places of their columns. */
function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e8) / 1e8
}

/** The name of the first photo; null if it has none that can be stored. */
function findPhotoName(photos: readonly unknown[]): string | null {
  const parsed = z.object({ name: photoName }).safeParse(photos[0])
  return parsed.success ? parsed.data.name : null
}

/** POST /v1/places:searchNearby. Without a result, the body is empty. */
export const SEARCH_RESULT = z.object({ places: z.array(z.unknown()).default([]) })

/** An error of a Google API. */
export const PROBLEM = z.object({
  error: z.object({ status: z.string().catch(''), message: z.string().catch('') }),
})
