import { z } from 'zod'
import { anything, listOf, partOf, word } from '../json-answer.ts'

const attributes = listOf({ name: anything, value: anything })

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
  vin: anything,
  uuid: anything,
  stockNumber: anything,
  year: anything,
  link: anything,
  title: anything,
  make: anything,
  model: anything,
  trim: anything,
  bodyStyle: anything,
  fuelType: anything,
  images: listOf({ uri: anything }),
  pricing: partOf({
    retailPrice: anything,
    dprice: listOf({ value: anything, typeClass: anything, label: anything, type: anything }),
  }),
  attributes,
  highlightedAttributes: attributes,
  trackingAttributes: attributes,
})
export type Vehicle = z.infer<typeof Vehicle>
