import { z } from 'zod'
import { word } from '../json-answer.ts'

/** A text, or one for each language. */
const localized = z
  .union([z.string(), z.number(), z.object({ en_US: z.union([z.string(), z.number()]) }).transform(({ en_US }) => en_US)])
  .nullish()

const attributes = z.array(z.object({ name: z.string(), value: localized })).nullish()

/** What asking for the next cars takes. */
export const Carry = z.object({
  step: z.literal('inventory'),
  list: z.string(),
  siteId: z.string(),
  configId: z.string(),
  pageAlias: z.string(),
  pageId: z.string(),
  start: z.int(),
})
export type Carry = z.infer<typeof Carry>

/** The endpoint's answer; each vehicle is read on its own. */
export const Inventory = z.object({
  inventory: z.array(z.unknown()),
  pageInfo: z.object({ totalCount: word }),
})

export const Vehicle = z.object({
  vin: word,
  uuid: word,
  stockNumber: word,
  year: word,
  make: localized,
  model: localized,
  trim: localized,
  bodyStyle: localized,
  fuelType: localized,
  link: word,
  title: z.union([localized, z.array(z.union([z.string(), z.number()]))]),
  images: z.array(z.object({ uri: word })).nullish(),
  pricing: z
    .object({
      retailPrice: word,
      dprice: z.array(z.object({ value: localized, typeClass: word })).nullish(),
    })
    .nullish(),
  attributes,
  highlightedAttributes: attributes,
  trackingAttributes: attributes,
})
export type Vehicle = z.infer<typeof Vehicle>
