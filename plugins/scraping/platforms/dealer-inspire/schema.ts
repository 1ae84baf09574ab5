import { z } from 'zod'
import { addressOf } from '../../domain/listing-values.ts'
import { anything, partOf, word } from '../json-answer.ts'

/** A competitor's own settings: which part of the stock is asked for, in the service's own words; all of it where there are none. */
export const Settings = z.strictObject({
  facetFilters: z.record(z.string().max(50), z.array(z.union([z.string().max(100), z.int()])).max(50)).optional(),
})

/** Where the page says that its cars are to be asked for, as its `SEARCH_SERVICE`. */
export const Service = z.object({
  apiUrl: z.string().refine((url) => addressOf(url, url) !== null),
  ccid: z.union([z.string().regex(/^[\w-]{1,60}$/), z.number()]),
  apiKey: z.string().regex(/^[\w.-]{1,200}$/),
})

/** What asking for the next cars takes. */
export const Carry = z.object({
  step: z.literal('search'),
  search: z.string(),
  site: z.string(),
  apiKey: z.string(),
  facets: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
  seen: z.int(),
})
export type Carry = z.infer<typeof Carry>

/** The service's answer; each listing is read on its own. */
export const Found = z.object({ data: z.object({ listings: z.array(z.unknown()), total_vehicle_count: word }) })

export const Vehicle = z.object({
  vin: anything,
  stock: anything,
  type: anything,
  year: anything,
  make: anything,
  model: anything,
  trim: anything,
  mileage: anything,
  vdp_url: anything,
  styles: partOf({ exterior_color: anything, ext_color: anything, body_style: anything, body_type: anything }),
  mechanical: partOf({ transmission: anything, fuel_type: anything }),
  pricing: partOf({ msrp: anything, our_price: anything, price: anything }),
  media: partOf({ images: anything }),
})
export type Vehicle = z.infer<typeof Vehicle>
