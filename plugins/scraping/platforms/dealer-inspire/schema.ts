import { z } from 'zod'
import { parseListingUrl } from '../../domain/listing-values.ts'
import { optionalUnknown, lenientObject, textOrNumber } from '../json-response.ts'

/**
 * The platform settings of a competitor: filters for a part of the stock, in the terms of the
 * service; everything by default.
 */
export const DealerInspireSettings = z.strictObject({
  facetFilters: z
    .record(z.string().max(50), z.array(z.union([z.string().max(100), z.int()])).max(50))
    .optional(),
})

/** The search service of the page's cars, from `SEARCH_SERVICE`. */
export const SearchService = z.object({
  apiUrl: z.string().refine((url) => parseListingUrl(url, url) !== null),
  ccid: z.union([z.string().regex(/^[\w-]{1,60}$/), z.number()]),
  apiKey: z.string().regex(/^[\w.-]{1,200}$/),
})

/** The data that the next request needs. */
export const Carry = z.object({
  step: z.literal('search'),
  search: z.string(),
  site: z.string(),
  apiKey: z.string(),
  facets: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
  seen: z.int(),
})
export type Carry = z.infer<typeof Carry>

/** The response of the service; each listing is parsed separately. */
export const SearchAnswer = z.object({
  data: z.object({ listings: z.array(z.unknown()), total_vehicle_count: textOrNumber }),
})

export const Vehicle = z.object({
  vin: optionalUnknown,
  stock: optionalUnknown,
  type: optionalUnknown,
  year: optionalUnknown,
  make: optionalUnknown,
  model: optionalUnknown,
  trim: optionalUnknown,
  mileage: optionalUnknown,
  vdp_url: optionalUnknown,
  styles: lenientObject({
    exterior_color: optionalUnknown,
    ext_color: optionalUnknown,
    body_style: optionalUnknown,
    body_type: optionalUnknown,
  }),
  mechanical: lenientObject({
    transmission: optionalUnknown,
    fuel_type: optionalUnknown,
    drivetrain: optionalUnknown,
  }),
  pricing: lenientObject({
    msrp: optionalUnknown,
    our_price: optionalUnknown,
    price: optionalUnknown,
  }),
  media: lenientObject({ images: optionalUnknown }),
})
export type Vehicle = z.infer<typeof Vehicle>
