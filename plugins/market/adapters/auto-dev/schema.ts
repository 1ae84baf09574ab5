import { z } from 'zod'
import { isWrittenAsVin, normalizeVin } from '../../../../src/domain/vin.ts'
import { findWebAddressProblem } from '../../../../src/domain/web-address.ts'
import { centsOf } from '../../domain/cents.ts'
import { isBrandedTitle, type Listing } from '../../domain/listing.ts'
import type { DecodedVin } from '../../domain/source.ts'

/** Longer texts are cut: nobody needs more of a name or an address. */
const LONGEST = 500

/** A text that says something; null for everything else. Older answers have `{ name }` in the place of some texts. */
const words = z
  .unknown()
  .transform((given) => {
    const text = typeof given === 'object' && given !== null && 'name' in given ? given.name : given
    const said = typeof text === 'string' ? text.replaceAll('\0', '').trim().slice(0, LONGEST) : ''
    return said === '' ? null : said
  })
  .prefault(null)
const name = words.refine((said) => said !== null, 'has to be a text').transform(String)
const amount = (most: number) => z.number().min(0).max(most).nullish()
const year = z.coerce.number().int().min(1900).max(2100)

/** A page of GET /listings. Its rows are read one by one, so that a bad one spoils no other. */
export const PAGE = z.object({
  data: z.array(z.unknown()),
  links: z.object({ next: z.string().nullish() }).nullish(),
})

const RETAIL = z.object({
  ...{ price: amount(99_999_999), miles: amount(9_999_999) },
  ...{ dealer: words, city: words, state: words, vdp: words },
})

/** One row of it. Without a `retailListing` nobody asks a price for the car. */
export const LISTING = z
  .object({
    '@id': words,
    vin: words,
    createdAt: z.iso.datetime({ offset: true }).nullish().catch(null),
    online: z.boolean().nullish(),
    vehicle: z.object({ year, make: name, model: name, trim: words, series: words, style: words }),
    retailListing: RETAIL.nullish(),
    history: z.looseObject({}).nullish().catch(null),
  })
  .transform(({ vehicle, retailListing: retail, ...row }): Listing => {
    const vin = normalizeVin(row.vin ?? '')
    const price = row.online === false ? null : retail?.price
    return {
      vin: isWrittenAsVin(vin) ? vin : null,
      key: row['@id'] ?? retail?.vdp ?? vin,
      year: vehicle.year,
      make: vehicle.make,
      model: vehicle.model,
      trim: vehicle.trim,
      cents: typeof price === 'number' && price > 0 ? centsOf(price) : null,
      miles: typeof retail?.miles === 'number' ? Math.round(retail.miles) : null,
      branded: isBrandedTitle(vehicle.trim, vehicle.series, vehicle.style, ...historyWords(row.history)),
      dealer: retail?.dealer ?? null,
      city: retail?.city ?? null,
      state: retail?.state ?? null,
      url: retail?.vdp && findWebAddressProblem(retail.vdp) === null ? retail.vdp : null,
      seenAt: row.createdAt ?? null,
    }
  })

/**
 * What a history says of the title. Its fields are not documented: a flag with the word in its name counts when it is true, texts and
 * lists of them by their words.
 */
function historyWords(history: Record<string, unknown> | null | undefined): string[] {
  return Object.entries(history ?? {}).flatMap(([name, said]) => {
    if (said === true) return spaced(name)
    return /title|brand/i.test(name)
      ? [said]
          .flat()
          .filter((word) => typeof word === 'string')
          .map(spaced)
      : []
  })
}

/** `brandedTitle` and `branded_title` as two words. */
const spaced = (said: string): string => said.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')

/** GET /vin/{vin}. The year is in `vehicle` alone; older answers have `years` and names in objects; a partial one has empty texts. */
export const DECODED = z
  .object({
    vin: z.string(),
    ...{ make: words, model: words, trim: words, style: words, body: words, engine: words, drive: words, transmission: words },
    ambiguous: z.unknown().optional(),
    years: z.array(z.object({ year })).nullish().catch(null),
    vehicle: z.object({ year: year.nullish().catch(null), make: words, model: words, manufacturer: words }).nullish(),
  })
  .transform(({ vehicle, years, ambiguous, ...said }): DecodedVin => {
    const known = {
      year: vehicle?.year ?? years?.[0]?.year ?? null,
      make: said.make ?? vehicle?.make ?? null,
      model: said.model ?? vehicle?.model ?? null,
    }
    const isAmbiguous = ambiguous === true || (Array.isArray(ambiguous) && ambiguous.length > 0)
    return {
      ...{ vin: normalizeVin(said.vin), ...known, trim: said.trim, bodyStyle: said.body ?? said.style, engine: said.engine },
      ...{ drivetrain: said.drive, transmission: said.transmission, manufacturer: vehicle?.manufacturer ?? null },
      partial: isAmbiguous || (years?.length ?? 0) > 1 || Object.values(known).includes(null),
    }
  })

/** What an answer other than 200 says. */
export const PROBLEM = z.object({
  error: words,
  code: words,
  currentPlan: words,
  requiredPlan: words,
})
