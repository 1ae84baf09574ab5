import { z } from 'zod'
import { isWrittenAsVin, normalizeVin } from '../../../../src/domain/vin.ts'
import { findWebAddressProblem } from '../../../../src/domain/web-address.ts'
import { amountToCents } from '../../../../src/domain/money.ts'
import { isBrandedTitle } from '../../../../src/domain/branded-title.ts'
import type { Listing } from '../../domain/listing.ts'
import type { DecodedVin } from '../../domain/source.ts'

/** The length to which texts are truncated, more than a name needs and less than an index takes. */
const MAX_TEXT_LENGTH = 200
/** The maximum length of an address. A part of one would lead elsewhere. */
const MAX_ADDRESS_LENGTH = 2_000
/** The length to which the ID of a listing is truncated; an index contains it. */
const MAX_KEY_LENGTH = 400
/** No car was listed on the web before; sources write such a date for an unknown one. */
const FIRST_LISTING_YEAR = 1990

/** A non-empty text; null for everything else. Older responses have `{ name }` for some texts. */
const buildText = (maxLength: number) =>
  z
    .unknown()
    .transform((given) => {
      const text =
        typeof given === 'object' && given !== null && 'name' in given ? given.name : given
      const trimmed =
        typeof text === 'string' ? text.replaceAll('\0', '').trim().slice(0, maxLength) : ''
      return trimmed === '' ? null : trimmed
    })
    .prefault(null)
const optionalText = buildText(MAX_TEXT_LENGTH)
/** Longer than a usable address, so that one that is too long is recognized. */
const addressText = buildText(MAX_ADDRESS_LENGTH + 1)
const requiredText = optionalText
  .refine((text) => text !== null, 'must be a string')
  .transform(String)
const buildAmount = (max: number) => z.number().min(0).max(max).nullish()
const year = z.coerce.number().int().min(1900).max(2100)

/**
 * A page of GET /listings. Its rows are parsed one by one, so that a bad row does not affect the
 * others.
 */
export const PAGE = z.object({
  data: z.array(z.unknown()),
  links: z.object({ next: z.string().nullish() }).nullish(),
})

const RETAIL = z.object({
  price: buildAmount(99_999_999),
  miles: buildAmount(9_999_999),
  used: z.boolean().nullish().catch(null),
  dealer: optionalText,
  city: optionalText,
  state: optionalText,
  vdp: addressText,
})

/** Longitude and latitude. */
const LOCATION = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .nullish()
  .catch(null)

/** One row of a page. A row without `retailListing` has no asking price. */
export const LISTING = z
  .object({
    '@id': addressText,
    vin: optionalText,
    createdAt: z.iso
      .datetime({ offset: true })
      .refine((instant) => Number(instant.slice(0, 4)) >= FIRST_LISTING_YEAR)
      .nullish()
      .catch(null),
    online: z.boolean().nullish(),
    vehicle: z.object({
      year,
      make: requiredText,
      model: requiredText,
      trim: optionalText,
      series: optionalText,
      style: optionalText,
      drivetrain: optionalText,
      engine: optionalText,
    }),
    location: LOCATION,
    retailListing: RETAIL.nullish(),
    history: z.looseObject({}).nullish().catch(null),
  })
  .transform(({ vehicle, retailListing: retail, location, ...row }): Listing => {
    const vin = normalizeVin(row.vin ?? '')
    const price = row.online === false ? null : retail?.price
    return {
      vin: isWrittenAsVin(vin) ? vin : null,
      key: (row['@id'] ?? retail?.vdp ?? vin).slice(0, MAX_KEY_LENGTH),
      year: vehicle.year,
      make: vehicle.make,
      model: vehicle.model,
      trim: vehicle.trim,
      drivetrain: vehicle.drivetrain,
      engine: vehicle.engine,
      isNew: typeof retail?.used === 'boolean' ? !retail.used : null,
      cents: typeof price === 'number' && price > 0 ? amountToCents(price) : null,
      miles: typeof retail?.miles === 'number' ? Math.round(retail.miles) : null,
      branded: isBrandedTitle(
        vehicle.trim,
        vehicle.series,
        vehicle.style,
        ...listHistoryTexts(row.history),
      ),
      dealer: retail?.dealer ?? null,
      city: retail?.city ?? null,
      state: retail?.state ?? null,
      position: location ? { longitude: location[0], latitude: location[1] } : null,
      url: readAddress(retail?.vdp),
      listedAt: row.createdAt ?? null,
      seenAt: null,
    }
  })

const readAddress = (address: string | null | undefined): string | null =>
  address && address.length <= MAX_ADDRESS_LENGTH && findWebAddressProblem(address) === null
    ? address
    : null

/**
 * Lists the words of a history that may describe the title. Its fields are not documented: a true
 * flag counts by its name, and texts and lists of texts count by their content.
 */
function listHistoryTexts(history: Record<string, unknown> | null | undefined): string[] {
  return Object.entries(history ?? {}).flatMap(([name, value]) => {
    if (value === true) return splitWords(name)
    return /title|brand/i.test(name)
      ? [value]
          .flat()
          .filter((word) => typeof word === 'string')
          .map(splitWords)
      : []
  })
}

/** Splits `brandedTitle` and `branded_title` into two words. */
const splitWords = (name: string): string =>
  name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')

/**
 * The response of GET /vin/{vin}. The year is only in `vehicle`. Older responses have `years`, and
 * names in objects; partial responses have empty texts.
 */
export const DECODED = z
  .object({
    vin: z.string(),
    make: optionalText,
    model: optionalText,
    trim: optionalText,
    style: optionalText,
    body: optionalText,
    engine: optionalText,
    drive: optionalText,
    transmission: optionalText,
    ambiguous: z.unknown().optional(),
    years: z.array(z.object({ year })).nullish().catch(null),
    vehicle: z
      .object({
        year: year.nullish().catch(null),
        make: optionalText,
        model: optionalText,
        manufacturer: optionalText,
      })
      .nullish(),
  })
  .transform(({ vehicle, years, ambiguous, ...decoded }): DecodedVin => {
    const identity = {
      year: vehicle?.year ?? years?.[0]?.year ?? null,
      make: decoded.make ?? vehicle?.make ?? null,
      model: decoded.model ?? vehicle?.model ?? null,
    }
    const isAmbiguous = ambiguous === true || (Array.isArray(ambiguous) && ambiguous.length > 0)
    return {
      vin: normalizeVin(decoded.vin),
      ...identity,
      trim: decoded.trim,
      bodyStyle: decoded.body ?? decoded.style,
      engine: decoded.engine,
      drivetrain: decoded.drive,
      transmission: decoded.transmission,
      manufacturer: vehicle?.manufacturer ?? null,
      partial: isAmbiguous || (years?.length ?? 0) > 1 || Object.values(identity).includes(null),
    }
  })

/** The body of a response other than 200. */
export const PROBLEM = z.object({
  error: optionalText,
  code: optionalText,
  currentPlan: optionalText,
  requiredPlan: optionalText,
})
